import { ArchiveError, type ArchiveInspection, inspectArchive } from "@kubelet-conformance/checkpoint-archive";
import { UsageError } from "../../errors.ts";
import { printable, printableJson } from "../../engine/text.ts";
import { translated } from "../../messages/translate.ts";
import { defineCommand } from "../command.ts";
import { describeArchive } from "./inspect-text.ts";

/** One archive in the JSON output; `schemas/inspection.schema.json` says the same. */
type Inspected = ArchiveInspection | { path: string; error: { code: string; message: string } };

export const inspect = defineCommand({
  name: "inspect",
  summary: "Look into checkpoint archives: name, container, image, engine, times, sizes, entries, warnings. Extracts nothing.",
  usage: "ARCHIVE... [options]",
  options: {
    output: {
      kind: "choice",
      value: "FORM",
      words: ["text", "json"],
      help: "text or json (schemas/inspection.schema.json)",
      default: "text",
    },
    strict: { kind: "boolean", help: "end with exit code 1 when an archive has warnings" },
  },
  examples: [
    "kubelet-conformance inspect /var/lib/kubelet/checkpoints/checkpoint-web-node1_default-web-2026-01-31T23:59:59Z.tar",
    "kubelet-conformance inspect --strict --output json /var/lib/kubelet/checkpoints/*.tar",
  ],
  notes: [
    "Process memory is never read, and no value of an environment variable is shown.",
    "Exit codes: 0 every archive is readable, 1 with --strict: one has warnings, 2 one cannot be read or is not safe to unpack.",
  ],
  run: async ({ output = "text", strict }, archives, { out, err }) => {
    if (archives.length === 0) throw new UsageError("archive-missing", "name an archive: kubelet-conformance inspect ARCHIVE...");
    const inspected: Inspected[] = [];
    for (const path of archives) {
      const one = await inspectOne(path);
      inspected.push(one);
      if ("error" in one) err.write(`kubelet-conformance: ${printable(translated(one.error.message))}\n`);
      else if (output === "text") out.write(`${inspected.length > 1 ? "\n" : ""}${describeArchive(one)}\n`);
    }
    if (output === "json") out.write(`${printableJson({ schemaVersion: 1, archives: inspected }, 2)}\n`);
    if (inspected.some((one) => "error" in one)) return 2;
    return strict && inspected.some((one) => "warnings" in one && one.warnings.length > 0) ? 1 : 0;
  },
});

async function inspectOne(path: string): Promise<Inspected> {
  try {
    return await inspectArchive(path);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { path, error: { code: error.code, message: error.message } };
  }
}
