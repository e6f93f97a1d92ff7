import { parseArgs } from "node:util";
import { nearest } from "@kubelet-conformance/spec";

interface Flag {
  /** What stands for its value in the help; absent: it has none. */
  value?: string;
  help: string;
}

/** The flags, in the order of the help. Those that a real kubelet has mean the same here. */
export const flags = {
  "kubernetes-version": { value: "V", help: "minor or patch to be, 1.25 to 1.37 (default: the newest)" },
  config: { value: "FILE", help: "KubeletConfiguration, YAML or JSON" },
  "root-dir": { value: "DIR", help: "root directory (default: a private temporary one, removed on exit, after SIGKILL at the next start)" },
  "device-plugin-directory": {
    value: "DIR",
    help: "where device plugins register, on kubelet.sock (default: device-plugins in the root directory)",
  },
  "hostname-override": { value: "NAME", help: "node name (default: the host's name)" },
  "pod-manifest-path": { value: "PATH", help: "file or directory with static pods (default: one sample pod)" },
  "api-pods": { value: "PATH", help: "file or directory with pods as an API server would hand them over" },
  port: { value: "N", help: "port of the main listener; 0: any free one (default: the configuration's, 10250)" },
  "read-only-port": { value: "N", help: "port of the read-only listener; 0: none" },
  "healthz-port": { value: "N", help: "port of the healthz listener; 0: none" },
  "container-runtime-endpoint": { value: "URL", help: "unix:// socket of a real runtime (default: a double in this process)" },
  "container-runtime": { value: "remote", help: "says nothing (up to 1.26)" },
  "pod-infra-container-image": { value: "IMAGE", help: "says nothing here (up to 1.34)" },
  "feature-gates": { value: "A=true,…", help: "feature gates" },
  "token-auth-file": { value: "FILE", help: 'bearer tokens, CSV lines of token,user,uid,"groups"' },
  "authorization-rules": {
    value: "FILE",
    help: "permissions, in place of an API server's reviews, which fail while one of these files is gone",
  },
  "cert-dir": { value: "DIR", help: "where the kubelet keeps its own certificate (default: ROOT-DIR/pki)" },
  "system-logs": {
    value: "DIR",
    help: "directory that stands for the node's /var/log (default: a private one; /var/log beside a real runtime)",
  },
  deviation: { value: "ID", help: "break this one requirement on purpose" },
  kubeconfig: { value: "FILE", help: "API server to register the node with (default: none)" },
  "register-node": { value: "BOOL", help: "false: leave the registration to somebody else" },
  "node-ip": { value: "IP[,IP]", help: "address of the node, or one of each family (default: the machine's)" },
  "node-labels": { value: "K=V,…", help: "labels to register the node with" },
  "register-with-taints": { value: "K=V:EFFECT,…", help: "taints to register the node with" },
  "register-schedulable": { value: "BOOL", help: "false: register the node cordoned (up to 1.33)" },
  "cloud-provider": { value: "external", help: "a program in the cluster sets the addresses of the node" },
  "node-status-update-frequency": { value: "DURATION", help: "how often the node's status is computed (default: 10s)" },
  nodes: {
    value: "N",
    help: "be the kubelets of N nodes, NAME-1 to NAME-N, each at a port of its own (--port and the next ones, else any free ones)",
  },
  "servers-file": {
    value: "FILE",
    help: "with --nodes: write their URLs there, one a line, as kubelet-conformance run --servers-file takes them",
  },
  v: { value: "N", help: "log verbosity, as shown in /configz" },
  help: { help: "this text" },
  version: { help: "the version that --kubernetes-version stands for" },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;
export type FlagValues = Readonly<Partial<Record<FlagName, string | true>>>;

/** A command line that cannot be understood. */
export class UsageError extends Error {
  readonly code = "KUBELET_USAGE";
}

/** Reads `--name value` and `--name=value`; the last one of a name wins. Throws UsageError. */
export function parseFlags(args: readonly string[]): FlagValues {
  const known: Readonly<Record<string, Flag>> = flags;
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => {
      const type: "string" | "boolean" = value === undefined ? "boolean" : "string";
      return [name, { type }];
    }),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values: Partial<Record<string, string | true>> = {};
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`"${token.value}" is not a flag; the kubelet takes no arguments`);
    if (token.kind !== "option") continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(token.name);
    if (flag.value === undefined) values[token.name] = true;
    else if (token.value === undefined || token.value === "")
      throw new UsageError(`--${token.name} needs a value: --${token.name} ${flag.value}`);
    else values[token.name] = token.value;
  }
  return values;
}

function unknownFlag(name: string): UsageError {
  const close = nearest(name, Object.keys(flags));
  return new UsageError(`unknown flag --${name}${close === undefined ? "; see --help" : `; did you mean --${close}?`}`);
}

/** The text of --help. */
export function helpText(): string {
  const rows = Object.entries(flags).map(
    ([name, flag]: [string, Flag]) => [`--${name}${flag.value === undefined ? "" : ` ${flag.value}`}`, flag.help] as const,
  );
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return `reference-kubelet: answers over HTTP as the real kubelet of a chosen Kubernetes minor does

Usage: reference-kubelet [flags]

${rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`).join("\n")}

Started with nothing it serves one sample pod on 127.0.0.1 and prints how to call it.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong usage.
`;
}
