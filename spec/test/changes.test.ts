import { describe, expect, it } from "vitest";
import { changesPage } from "../scripts/changes-page.ts";
import { changes } from "../scripts/changes.ts";
import { behaviourTables, minors, openapi } from "../src/index.ts";

const all = changes(openapi(), behaviourTables());
const at = (minor: string) => all.find((each) => each.minor === minor)!;

describe("changes", () => {
  it("tells about every minor but the first, the newest first", () => {
    expect(all.map(({ minor }) => minor)).toEqual(minors.slice(1).toReversed());
  });

  it("knows operations, parameters, answers, headers and members that came or went", () => {
    expect(at("1.37").added).toContainEqual({ what: "GET /allocatedPods", where: [] });
    expect(at("1.37").added.find(({ what }) => what === "query parameter `name[]`")?.where).toContain("GET /metrics");
    expect(at("1.36").removed.find(({ what }) => what === "answer 301")?.where).toContain("POST /checkpoint/{namespace}/{pod}/{container}");
    expect(at("1.36").added).toContainEqual({ what: "answer 200 with header `Warning`", where: ["GET /statusz", "GET /flagz"] });
    expect(at("1.36").added).toContainEqual({ what: "member `resources`", where: ["schema `PodStatus`"] });
  });

  it("does not list the parts of what is new or gone as a whole", () => {
    const about = at("1.37").added.filter(({ where }) => where.some((place) => place.startsWith("GET /allocatedPods")));
    expect(about).toEqual([]);
    expect(at("1.37").removed.map(({ what }) => what)).toEqual(["member `volumeHealthStats`"]);
  });

  it("shows of a behaviour what differs", () => {
    expect(at("1.36").behaviours).toContainEqual(expect.objectContaining({ table: "http2", before: true, after: false }));
    const defaults = at("1.36").behaviours.find(({ table }) => table === "configuration-defaults");
    expect(defaults).toMatchObject({ before: {}, after: { memoryReservationPolicy: "None" } });
  });
});

describe("changesPage", () => {
  const page = changesPage(all, openapi());

  it("names gates, and few operations or their number", () => {
    expect(page).toContain("- `GET /allocatedPods` (gate KubeletAllocatedPodsEndpoint)\n");
    expect(page).toMatch(/^- answer 301: \d\d operations$/m);
    expect(page).toMatch(/^### Feature gates\n\n- checkpoint-gate-default: .* `false` → `true`$/m);
  });

  it("has a section for each minor", () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, minor]) => minor)).toEqual(minors.slice(1).toReversed());
  });
});
