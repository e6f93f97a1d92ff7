import { expect, it } from "vitest";
import { requirements } from "./catalogue.ts";
import { isScorable, requirementSet, whyNotScored } from "./requirement-set.ts";
import { minors } from "./version.ts";

const find = (id: string) => requirements().find((requirement) => requirement.id === id);

it("says of each requirement whether it counts", () => {
  const known = find("health.main.ok");
  const draft = find("checkpoint.pod-level.no-endpoint");
  if (!known || !draft) throw new Error("the catalogue lacks them");
  expect(whyNotScored(known, "1.30")).toBeUndefined();
  expect(whyNotScored({ ...known, id: "health.main.new" }, "1.30")).toMatch(
    /^later addition: the set of 1\.30 was frozen on \d{4}-\d{2}-\d{2}$/,
  );
  expect(whyNotScored({ ...known, id: "health.main.new", since: "1.31" }, "1.30")).toBeUndefined();
  expect(whyNotScored(draft, "1.37")).toMatch(/^draft of KEP-5823: alpha; /);
  expect(whyNotScored(draft, "1.36")).toBeUndefined();
});

it("has a set for every minor, of what may be scored there", () => {
  const wrong = minors.flatMap((minor) =>
    Object.entries(requirementSet(minor).requirements).filter(([id, level]) => {
      const requirement = find(id);
      return !requirement || requirement.level !== level || !isScorable(requirement, minor);
    }),
  );
  expect(wrong).toEqual([]);
});
