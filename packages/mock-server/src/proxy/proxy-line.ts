import { UsageError } from "../usage-error.ts";

/** Options that say something with `--proxy` only. */
export const proxyFlags = {
  "token-file": { type: "string", help: "--token-file FILE", text: "who to be there: a bearer token" },
  "client-certificate": { type: "string", help: "--client-certificate FILE", text: "who to be there: a certificate, PEM" },
  "client-key": { type: "string", help: "--client-key FILE", text: "its private key, PEM" },
  "certificate-authority": {
    type: "string",
    help: "--certificate-authority FILE",
    text: "who signs the kubelet's certificate, PEM",
  },
  "insecure-skip-tls-verify": {
    type: "boolean",
    help: "--insecure-skip-tls-verify",
    text: "take any certificate of the kubelet's",
  },
  "allow-origin": { type: "string", help: "--allow-origin ORIGIN,...", text: "pages that may use it (default: none)" },
} as const;

/** What the command line says of `--proxy`; files are named and not read. */
export interface ProxyLine {
  url: string;
  har: string | undefined;
  tokenFile: string | undefined;
  clientCertificate: { cert: string; key: string } | undefined;
  certificateAuthority: string | undefined;
  insecureSkipTlsVerify: boolean;
  allowedOrigins: string[];
}

type Values = ReadonlyMap<string, string>;

const ofProxy = ["har", ...Object.keys(proxyFlags)];
/** What makes up answers has no say where they come from elsewhere. */
const ofMock = ["scenario", "seed", "strict", "spec", "watch"];

/** Throws UsageError. */
export function readProxy(values: Values): ProxyLine | undefined {
  const url = values.get("proxy");
  if (url === undefined) {
    const lost = ofProxy.find((name) => values.has(name));
    if (lost !== undefined) throw new UsageError(`--${lost} goes with --proxy URL; give that, or leave it out`);
    return undefined;
  }
  refuseWith("proxy", values, [...ofMock, "replay"]);
  if (values.get("cors") === "no") throw new UsageError("--proxy keeps pages out but those of --allow-origin; leave out --no-cors");
  const cert = values.get("client-certificate");
  const key = values.get("client-key");
  if ((cert === undefined) !== (key === undefined)) throw new UsageError("--client-certificate and --client-key go together; give both");
  if (values.has("insecure-skip-tls-verify") && values.has("certificate-authority"))
    throw new UsageError("--insecure-skip-tls-verify takes any certificate; leave out --certificate-authority, or trust it alone");
  return {
    url,
    har: values.get("har"),
    tokenFile: values.get("token-file"),
    clientCertificate: cert === undefined || key === undefined ? undefined : { cert, key },
    certificateAuthority: values.get("certificate-authority"),
    insecureSkipTlsVerify: values.has("insecure-skip-tls-verify"),
    allowedOrigins: (values.get("allow-origin") ?? "")
      .split(",")
      .filter((origin) => origin !== "")
      .map(readOrigin),
  };
}

/** The recording to serve. Throws UsageError. */
export function readReplay(values: Values): string | undefined {
  const file = values.get("replay");
  if (file !== undefined) refuseWith("replay", values, [...ofMock, "kubernetes-version"]);
  return file;
}

function refuseWith(mode: string, values: Values, names: readonly string[]): void {
  const lost = names.find((name) => values.has(name));
  if (lost !== undefined) throw new UsageError(`--${lost} says nothing with --${mode}; leave one of them out`);
}

function readOrigin(text: string): string {
  const origin = URL.parse(text)?.origin;
  if (origin === undefined || origin === "null" || origin !== text)
    throw new UsageError(`--allow-origin "${text}" is no origin; write it as browsers do, e.g. http://localhost:5173`);
  return origin;
}
