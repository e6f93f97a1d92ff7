import { expect, it } from "vitest";
import { compareBody } from "./compare-body.ts";
import { partOfLog } from "./part-of-log.ts";

const log = "/containerLogs/default/{pod}/counter";

it.each([
  ["/pods", undefined],
  [log, "growing"],
  [`${log}?tailLines=2`, "fixed"],
  [`${log}?tail=2&tailLines=x`, "fixed"],
  [`${log}?tailLines=2&follow=true`, "growing"],
  [`${log}?limitBytes=7`, "fixed"],
  [`${log}?limitBytes=7&tailLines=1`, "cut"],
  [`${log}?limitBytes=7&timestamps=true`, "cut"],
  [`${log}?sinceSeconds=1`, "recent"],
])("%s gets a part that is %s", (path, part) => {
  expect(partOfLog({ method: "GET", path })).toBe(part);
});

it("takes any number of ticks for the same where the moment decides, and only there", () => {
  const [recorded, answered] = ["tick 1\ntick 2\n", Buffer.from("tick 9\ntick 10\ntick 11\n")];
  expect(compareBody(recorded, answered, [], "growing")).toEqual([]);
  expect(compareBody(recorded, answered, [], "fixed")).toHaveLength(1);
  expect(compareBody({ sha256: "", length: 4000, starts: "tick 0\ntick 1\nti" }, answered, [], "growing")).toEqual([]);
  expect(compareBody(recorded, Buffer.from("tock 9\n"), [], "growing")).toHaveLength(1);
});

it("compares a cut log by its length and its beginning", () => {
  expect(compareBody("tick 6\nt", Buffer.from("tick 10\n"), [], "cut")).toEqual([]);
  expect(compareBody("2026-11", Buffer.from("2027-01"), [], "cut")).toEqual([]);
  expect(compareBody("tick 6\nt", Buffer.from("tick 6\n"), [], "cut")).toHaveLength(1);
});

it("lets a recent part be all or nothing", () => {
  expect(compareBody("", Buffer.from("init done\n"), [], "recent")).toEqual([]);
  expect(compareBody("init done\n", Buffer.from("done\n"), [], "recent")).toHaveLength(1);
});
