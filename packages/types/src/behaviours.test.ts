import { fileURLToPath } from "node:url";
import { behaviourTables, minors } from "@kubelet-conformance/spec";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { behaviour } from "./behaviours.ts";
import type { BehaviourValues } from "./generated/names.ts";

/** What the compiler says of a text that lies in this folder. */
function problems(text: string): string[] {
  const path = fileURLToPath(new URL("./in-memory.ts", import.meta.url));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([path], options, {
    ...host,
    fileExists: (name) => name === path || host.fileExists(name),
    getSourceFile: (name, target) => (name === path ? ts.createSourceFile(name, text, target) : host.getSourceFile(name, target)),
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("behaviour", () => {
  it("has values that all fit the type of their table", () => {
    const lines = Object.entries(behaviourTables()).map(
      ([name, { values }], index) =>
        `export const t${index}: BehaviourValues[${JSON.stringify(name)}][] = ${JSON.stringify(values.map(({ value }) => value))};`,
    );
    expect(problems(['import type { BehaviourValues } from "./generated/names.ts";', ...lines].join("\n"))).toEqual([]);
  });

  it("would notice a value that does not fit", () => {
    expect(
      problems('import type { BehaviourValues } from "./generated/names.ts";\nexport const wrong: BehaviourValues["http2"] = "yes";'),
    ).toHaveLength(1);
  });

  it.each(minors)("knows every table at %s", (minor) => {
    // The keys of the built tables are the keys of the interface, or the first test fails.
    const names = Object.keys(behaviourTables()) as (keyof BehaviourValues)[];
    expect(names.filter((name) => behaviour(name, minor) === undefined)).toEqual([]);
  });

  it("is typed", () => {
    const status: 301 | 307 = behaviour("redirect-status", "1.36");
    expect(status).toBe(307);
  });

  it("names the table that it does not know", () => {
    const unknown: string = "mood";
    // A caller without types may ask for anything.
    expect(() => behaviour(unknown as keyof BehaviourValues, "1.36")).toThrow('there is no behaviour table "mood"');
  });
});
