import { parseArgs } from "node:util";

export const help = `Usage: npm run schemathesis -- [options]

Sends what schemathesis makes of the built documents to the reference kubelet and to the mock, and reports every answer that the document of
that minor does not describe: status, content type, header or schema.

  --target reference|mock    only this one (may be repeated)
  --minor M                  only this minor (may be repeated; default 1.30, 1.34, 1.37)
  --seed N                   default 1
  --max-examples N           generated cases to an operation, besides examples and edge cases (default 20)
  --report-dir DIR           keep schemathesis's own reports there, ndjson
  --help                     this text

  --server URL               a running kubelet instead, of the one --minor; commands run and checkpoints are made in what it has
  --client-certificate FILE, --client-key FILE
                             as whom to ask it; its own certificate is not checked

It needs Python 3.10 or later with venv, and the package index that pip is set up for; schemathesis goes into a directory of its own in the
user's cache (XDG_CACHE_HOME).
Exit codes: 0 every answer is described, 1 some are not, 2 could not run.
`;

export type Target = "reference" | "mock";

export interface Options {
  targets: readonly Target[];
  minors: readonly string[];
  seed: number;
  maxExamples: number;
  reportDirectory: string | undefined;
  server: RunningServer | undefined;
}

/** A kubelet that somebody else has started. */
export interface RunningServer {
  url: string;
  certificateFile: string;
  keyFile: string;
}

export class UsageError extends Error {}

const options = {
  target: { type: "string", multiple: true },
  minor: { type: "string", multiple: true },
  seed: { type: "string", default: "1" },
  "max-examples": { type: "string", default: "20" },
  "report-dir": { type: "string" },
  server: { type: "string" },
  "client-certificate": { type: "string" },
  "client-key": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** undefined: the help was asked for. Throws UsageError. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const { target = ["reference", "mock"], minor: minors = ["1.30", "1.34", "1.37"] } = values;
  const stray = target.find((name) => !isTarget(name));
  if (stray !== undefined) throw new UsageError(`--target: there is no "${stray}"; give reference or mock`);
  const { server: url, "client-certificate": certificateFile, "client-key": keyFile } = values;
  if (url !== undefined && (certificateFile === undefined || keyFile === undefined || minors.length !== 1))
    throw new UsageError("--server needs --client-certificate, --client-key and one --minor");
  return {
    targets: target.filter(isTarget),
    minors,
    seed: wholeNumber(values.seed, "seed"),
    maxExamples: wholeNumber(values["max-examples"], "max-examples"),
    reportDirectory: values["report-dir"],
    server: url === undefined ? undefined : { url, certificateFile: certificateFile ?? "", keyFile: keyFile ?? "" },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function isTarget(name: string): name is Target {
  return name === "reference" || name === "mock";
}

function wholeNumber(text: string, name: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name}: "${text}" is no number from 1 on`);
  return Number(text);
}
