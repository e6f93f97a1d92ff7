import { readdirSync, readFileSync } from "node:fs";
import { requirements } from "@kubelet-conformance/spec";
import { describe, expect, it } from "vitest";

/** The recordings that a requirement cites as its source must exist, so that a reader finds the evidence. */
const root = new URL("../../recordings/", import.meta.url);
const versions = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const cited = requirements().flatMap(({ id, sources }) =>
  sources.flatMap(({ recording }) => (recording === undefined ? [] : [{ id, recording }])),
);

/** `<stage>/<id>`, `cluster/authz <request>`, or the name of a file without its ending. */
function exists(recording: string): boolean {
  return versions.some(({ name }) => {
    const files = readdirSync(new URL(`${name}/`, root), { recursive: true }).map(String);
    const read = (file: string): string => (files.includes(file) ? readFileSync(new URL(`${name}/${file}`, root), "utf8") : "");
    const [stage = "", ...rest] = recording.split("/");
    const row = /^cluster\/authz (.+)$/.exec(recording)?.[1];
    if (row !== undefined) return read("cluster/authz.json").includes(JSON.stringify(row));
    if (files.some((file) => file === recording || file.replace(/\.[a-z]+$/, "") === recording)) return true;
    // The CRI calls were recorded while the requests of stage cri-pass ran.
    if (stage === "cri-calls") return files.includes("cri-calls.jsonl") && read("cri-pass.json").includes(JSON.stringify(rest.join("/")));
    return read(`${stage}.json`).includes(JSON.stringify(rest.join("/")));
  });
}

describe("the recordings that requirements cite", () => {
  it.each([...new Set(cited.map(({ recording }) => recording))])("%s exists", (recording) => {
    const ids = cited.filter((source) => source.recording === recording).map(({ id }) => id);
    expect(exists(recording), `cited by ${ids.join(", ")}`).toBe(true);
  });
});
