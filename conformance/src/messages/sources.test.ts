import { describe, expect, it } from "vitest";
import { englishMessages } from "@kubelet-conformance/spec";
import { literals, withoutNames } from "./sources.support.ts";

const sources = literals();
const { texts, sentences } = englishMessages();

describe("en.yaml", () => {
  it("has no text that nothing says", () => {
    const written = new Set(sources.map(({ text }) => text));
    expect(texts.filter((text) => !written.has(text))).toEqual([]);
  });

  it("has no sentence that nothing makes", () => {
    const written = new Set(sources.map(({ text }) => withoutNames(text)));
    expect(sentences.filter((text) => !written.has(withoutNames(text)))).toEqual([]);
  });
});

describe("the sources", () => {
  const known = new Set([...texts, ...[...texts, ...sentences].map(withoutNames)]);
  /** Two words at least. */
  const isSentence = (text: string): boolean => /[a-z]{2,}[^a-z]* [^a-z]*[a-z]{2,}/.test(text.replaceAll("{}", "")) && !text.includes("\n");
  const lacking = (made: typeof sources): string[] =>
    made.filter(({ text }) => isSentence(text) && !known.has(text)).map(({ file, text }) => `${file}: ${text}`);

  it.each(["UsageError", "TargetError", "KubeconfigError", "archiveError", "refuse", "warn", "notApplicable"])(
    "make no sentence in %s() that en.yaml lacks",
    (call) => {
      // What only programs see: the library form, proofs and fidelity.
      const people = sources.filter(({ file }) => !/\/(fidelity|prove|double)\/|open-target\.ts$|archive\/src\/(name|write)/.test(file));
      expect(lacking(people.filter(({ within }) => within.includes(call)))).toEqual([]);
    },
  );

  it("make no finding and no step that en.yaml lacks", () => {
    const doctor = sources.filter(({ file, within }) => file.includes("/doctor/") && !within.includes("command"));
    // The catalogue is for documents, and manifests are for kubectl.
    const people = doctor.filter(({ file }) => !/(catalogue|rbac)\.ts$/.test(file));
    const evidence = ["IP Address:", "Authorization error (user=", "kubectl apply -f - <<'EOF'"];
    expect(lacking(people.filter(({ text }) => !evidence.includes(text)))).toEqual([]);
  });

  it("name no scenario and no default that en.yaml lacks", () => {
    const titles = sources.filter(({ file, within }) => file.endsWith("scenarios.ts") && !within.includes("decides"));
    const defaults = sources.filter(({ file, within }) => file.includes("/cli/") && within.at(-1) === "default");
    expect(lacking([...titles, ...defaults])).toEqual([]);
  });
});
