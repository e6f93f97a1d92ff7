import { expect, it } from "vitest";
import { requestOf, restorePath } from "./request.ts";

const client = { name: "admin" };
const names = { pod: "counter-lab-node", uid: "7d91" };

it("names the pod and its UID", () => {
  expect(requestOf({ method: "POST", path: "/run/default/{pod}/{uid}/counter" }, client, names).target).toBe(
    "/run/default/counter-lab-node/7d91/counter",
  );
});

it("sends a repeated header once per value", () => {
  const headers = { "X-Stream-Protocol-Version": ["v5", "v4"], Accept: "" };
  expect(requestOf({ method: "GET", path: "/", headers }, client, names).headers).toEqual([
    ["X-Stream-Protocol-Version", "v5"],
    ["X-Stream-Protocol-Version", "v4"],
    ["Accept", ""],
  ]);
});

it("restores a path that was cut to its length", () => {
  expect(restorePath(`/checkpoint/default/${"a".repeat(40)}…(4028)`)).toBe(`/checkpoint/default/${"a".repeat(4000)}/counter`);
  expect(restorePath(`/logs/${"b".repeat(54)}…(400)`)).toBe(`/logs/${"b".repeat(394)}`);
});
