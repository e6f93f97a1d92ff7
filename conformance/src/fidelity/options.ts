import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { FidelityInputError } from "./errors.ts";
import type { RunningServerOptions } from "./running-server.ts";
import { objectsStage, recordedNode, stages } from "./stages.ts";

export const help = `Usage: npm run fidelity -- [options]

Sends every recorded request again, to the reference kubelet of that version in the recorded configuration, and prints every difference.
What a recorded kubelet wrote to its API server is compared, too (stage cluster/api).

  --recordings DIR              a folder of recordings, or of one version (default: the project's own)
  --version V                   only versions that begin so, e.g. 1.36; repeatable
  --stage S                     only this stage, e.g. default or cluster/authz; repeatable
  --filter REGEX                only requests whose id it matches
  --verbose                     also list what is out of scope, and why

  --server URL                  compare this kubelet instead of the reference (needs one --version or a one-version folder, and one --stage; default: default)
  --client-certificate FILE     its administrator
  --client-key FILE
  --certificate-authority FILE  | --insecure-skip-tls-verify
  --read-only-port N            default 10255
  --healthz-port N              default 10248
  --root-dir DIR                its root directory (default /var/lib/kubelet)
  --pod NAME                    its copy of the recorded pod (default: the recorded name)

Exit codes: 0 no difference, 1 differences, 2 could not run.
`;

export interface FidelityOptions {
  recordings: string;
  versions: readonly string[];
  stages: readonly string[];
  filter: RegExp;
  verbose: boolean;
  server: RunningServerOptions | undefined;
  pod: string | undefined;
}

/** Reads the command line; undefined: help was asked for. Fails with a FidelityInputError. */
export function readOptions(args: readonly string[]): FidelityOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const known = [...Object.keys(stages), objectsStage];
  for (const stage of values.stage) {
    if (!known.includes(stage)) throw usage(`unknown stage ${stage}; the stages compared are ${known.join(", ")}`);
  }
  return {
    recordings: values.recordings ?? fileURLToPath(new URL("../../recordings", import.meta.url)),
    versions: values.version.map((version) => version.replace(/^v/, "")),
    stages: values.stage,
    filter: expression(values.filter),
    verbose: values.verbose,
    pod: values.pod,
    server: values.server === undefined ? undefined : server(values.server, values),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        recordings: { type: "string" },
        version: { type: "string", multiple: true, default: [] },
        stage: { type: "string", multiple: true, default: [] },
        filter: { type: "string", default: "" },
        verbose: { type: "boolean", default: false },
        server: { type: "string" },
        "client-certificate": { type: "string" },
        "client-key": { type: "string" },
        "certificate-authority": { type: "string" },
        "insecure-skip-tls-verify": { type: "boolean", default: false },
        "read-only-port": { type: "string", default: "10255" },
        "healthz-port": { type: "string", default: "10248" },
        "root-dir": { type: "string", default: recordedNode.rootDirectory },
        pod: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    throw usage(`${cause instanceof Error ? cause.message : String(cause)}; --help lists the options`);
  }
}

function server(url: string, values: ReturnType<typeof parse>): RunningServerOptions {
  const certificateAuthority = values["certificate-authority"];
  if (certificateAuthority === undefined && !values["insecure-skip-tls-verify"] && url.startsWith("https:")) {
    throw usage("--server needs --certificate-authority FILE or --insecure-skip-tls-verify");
  }
  return {
    server: url,
    clientCertificate: values["client-certificate"],
    clientKey: values["client-key"],
    certificateAuthority,
    readOnlyPort: port("read-only-port", values["read-only-port"]),
    healthzPort: port("healthz-port", values["healthz-port"]),
    rootDirectory: values["root-dir"].replace(/(?<=.)\/$/, ""),
  };
}

function port(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw usage(`--${name} ${value} is no port; give a number from 1 to 65535`);
  return number;
}

function expression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    throw usage(`--filter ${source} is no regular expression: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function usage(message: string): FidelityInputError {
  return new FidelityInputError("usage", message);
}
