import { parseArgs } from "node:util";
import { nearest } from "@kubelet-conformance/spec";
import { proxyFlags, type ProxyLine, readProxy, readReplay } from "./proxy/proxy-line.ts";
import { UsageError } from "./usage-error.ts";

/** Options in the order of the help. */
export const shownFlags = {
  port: { type: "string", help: "--port N", text: "port to listen on; 0 for a free one (default 10250)" },
  host: { type: "string", help: "--host ADDRESS", text: "address to listen on (default 127.0.0.1)" },
  "kubernetes-version": { type: "string", help: "--kubernetes-version V", text: "the minor to answer as, e.g. 1.36 (default: the newest)" },
  scenario: {
    type: "string",
    help: "--scenario FILE",
    text: "named scenarios, YAML or JSON; the first one is on",
  },
  seed: { type: "string", help: "--seed TEXT", text: "the same made-up bodies and delays in each run" },
  strict: { type: "boolean", help: "--strict", text: "refuse what breaks the spec with 422 (default: tell in Mock-Violations)" },
  spec: { type: "string", help: "--spec FILE", text: "another OpenAPI document, JSON or YAML (default: the kubelet's)" },
  watch: { type: "boolean", help: "--watch", text: "read the files of --scenario and --spec again when they change" },
  "tls-cert-file": { type: "string", help: "--tls-cert-file FILE", text: "serving certificate, PEM (default: made for this run)" },
  "tls-private-key-file": { type: "string", help: "--tls-private-key-file FILE", text: "its private key, PEM" },
  http: { type: "boolean", help: "--http", text: "plain HTTP instead of TLS" },
  cors: { type: "boolean", help: "--no-cors", text: "no CORS headers: pages of other origins are kept out" },
  proxy: { type: "string", help: "--proxy URL", text: "pass all on to this kubelet, and hold both directions against the spec" },
  har: { type: "string", help: "--har FILE", text: "with --proxy: record it, secrets masked" },
  replay: { type: "string", help: "--replay FILE", text: "serve the answers of a HAR file" },
  help: { type: "boolean", help: "--help", text: "this text; --help-all: the options of --proxy, too; --version: of the program" },
} as const;

const flags = {
  ...shownFlags,
  ...proxyFlags,
  "help-all": { type: "boolean", help: "--help-all", text: "" },
  version: { type: "boolean", help: "--version", text: "" },
} as const;

export interface CommandLine {
  port: number;
  host: string;
  kubernetesVersion: string | undefined;
  tlsFiles: { cert: string; key: string } | undefined;
  http: boolean;
  cors: boolean;
  scenario: string | undefined;
  seed: string | undefined;
  strict: boolean;
  spec: string | undefined;
  watch: boolean;
  proxy: ProxyLine | undefined;
  replay: string | undefined;
  help: "short" | "all" | undefined;
  version: boolean;
}

/** Reads the arguments behind the command's name. Throws UsageError. */
export function readCommandLine(args: string[]): CommandLine {
  const options = Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, { type }]));
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true, allowNegative: true });
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`unexpected argument "${token.value}"; options begin with --`);
    if (token.kind !== "option") continue;
    const name = { "--no-cors": "cors", "-h": "help" }[token.rawName] ?? token.name;
    const flag = Object.entries(flags).find(([known]) => known === name)?.[1];
    // Any other `--no-` would be taken for what it turns off.
    const isNegated = token.rawName.startsWith("--no-") && token.rawName !== "--no-cors";
    if (!flag || isNegated || (name === token.name && !token.rawName.startsWith("--"))) {
      throw new UsageError(
        `unknown option ${token.rawName}; did you mean --${nearest(token.name, [...Object.keys(flags), "no-cors"]) ?? "help"}?`,
      );
    }
    if (flag.type === "string" && (token.value === undefined || token.value === ""))
      throw new UsageError(`${token.rawName} needs a value: ${flag.help}`);
    if (flag.type === "boolean" && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value; write it without "=${token.value}"`);
    values.set(name, token.rawName === "--no-cors" ? "no" : (token.value ?? "yes"));
  }
  return {
    port: readPort(values.get("port") ?? "10250"),
    host: values.get("host") ?? "127.0.0.1",
    kubernetesVersion: values.get("kubernetes-version"),
    tlsFiles: readFiles(values.get("tls-cert-file"), values.get("tls-private-key-file"), values.has("http")),
    http: values.has("http"),
    cors: values.get("cors") !== "no",
    scenario: values.get("scenario"),
    seed: values.get("seed"),
    strict: values.has("strict"),
    spec: values.get("spec"),
    watch: readWatch(values),
    proxy: readProxy(values),
    replay: readReplay(values),
    help: values.has("help-all") ? "all" : values.has("help") ? "short" : undefined,
    version: values.has("version"),
  };
}

function readWatch(values: ReadonlyMap<string, string>): boolean {
  if (!values.has("watch")) return false;
  if (!values.has("scenario") && !values.has("spec"))
    throw new UsageError("--watch has nothing to watch; give --scenario FILE or --spec FILE");
  return true;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port "${text}" is no port; use 0 to 65535`);
  return port;
}

function readFiles(cert: string | undefined, key: string | undefined, http: boolean): CommandLine["tlsFiles"] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new UsageError("--tls-cert-file and --tls-private-key-file go together; give both");
  if (http) throw new UsageError("--http has no certificate; leave out --tls-cert-file and --tls-private-key-file");
  return { cert, key };
}
