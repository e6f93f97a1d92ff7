import { afresh, type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer, parseJson } from "../engine/expectation.ts";
import { quoted } from "../engine/text.ts";
import { parseConfiguration } from "../target/facts.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { maskedValue, mediaTypeOf } from "@kubelet-conformance/exchange";

/** Members that no kubelet leaves out, in the order of the Go type of every minor. */
const always = [
  "enableServer",
  "syncFrequency",
  "address",
  "port",
  "authentication",
  "authorization",
  "maxPods",
  "podPidsLimit",
  "logging",
];
const durations = [
  ["syncFrequency"],
  ["runtimeRequestTimeout"],
  ["nodeStatusUpdateFrequency"],
  ["authentication", "webhook", "cacheTTL"],
  ["authorization", "webhook", "cacheAuthorizedTTL"],
];
/** time.Duration's String. */
const duration = /^(0s|(\d+h)?(\d+m)?(\d+(\.\d+)?s)|\d+(\.\d+)?(ms|µs|ns))$/;

/** `spec/requirements/configuration.yaml`, the requirements that take more than one exchange or a look inside. */
export const configuration: AreaChecks<"configuration"> = {
  "configuration.configz.kind-old": async (context) => {
    const { kind } = await configz(context);
    if (kind !== undefined) throw new Broken("no kind in the configuration", `kind ${JSON.stringify(kind)}`);
  },

  "configuration.configz.defaults": async (context) => {
    const shown = await configz(context);
    const missing = ["syncFrequency", "nodeStatusUpdateFrequency", "runtimeRequestTimeout", "maxPods"].filter((name) => !(name in shown));
    if (missing.length > 0) throw new Broken("a configuration with its defaults", `none of ${missing.join(", ")}`);
  },

  "configuration.configz.durations": async (context) => {
    const shown = await configz(context);
    for (const path of durations) {
      const value = path.reduce<unknown>((node, name) => record(node)[name], shown);
      if (value !== undefined && (typeof value !== "string" || !duration.test(value))) {
        throw new Broken(`${path.join(".")} as a duration such as "2m0s"`, JSON.stringify(value));
      }
    }
  },

  "configuration.configz.flush-frequency": async (context) => {
    const value = record((await configz(context))["logging"])["flushFrequency"];
    if (typeof value !== "string") throw new Broken('logging.flushFrequency as a text such as "5s"', JSON.stringify(value) ?? "none");
  },

  "configuration.configz.flush-frequency-old": async (context) => {
    const value = record((await configz(context))["logging"])["flushFrequency"];
    if (typeof value !== "number") throw new Broken("logging.flushFrequency as a number", JSON.stringify(value) ?? "none");
  },

  "configuration.configz.runtime-endpoint": async (context) => {
    const value = (await configz(context))["containerRuntimeEndpoint"];
    if (typeof value !== "string") throw new Broken("a containerRuntimeEndpoint", JSON.stringify(value) ?? "none");
  },

  "configuration.configz.anonymous": async (context) => {
    const shown = record(record((await configz(context))["authentication"])["anonymous"])["enabled"];
    // Authentication comes before everything else that can be said about this path.
    const { status } = await context.send({ target: "/attach", client: "none" });
    if (shown !== (status !== 401)) {
      throw new Broken(`authentication.anonymous.enabled to be ${status !== 401}, since /attach answers ${status}`, maskedValue(shown));
    }
  },

  "configuration.configz.order": async (context) => {
    const found = Object.keys(await configz(context)).filter((name) => always.includes(name));
    const wanted = always.filter((name) => found.includes(name));
    if (found.join() !== wanted.join()) throw new Broken(`the order ${wanted.join(", ")}`, found.join(", "));
  },

  "configuration.configz.methods": async (context) => {
    const before = await ask(afresh(context), "/configz");
    for (const method of ["POST", "PUT", "PATCH"]) {
      const response = await context.send({ method, target: "/configz", body: '{"kubeletconfig":{"maxPods":1}}' });
      if (response.status !== 200 || parseConfiguration(response.body.toString()) === undefined) {
        throw new Broken(`${method} /configz to answer as GET`, describeAnswer(response));
      }
    }
    const after = await ask(afresh(context), "/configz");
    if (!after.body.equals(before.body)) throw new Broken("the configuration of before", "another one");
  },

  "configuration.statusz.versions": async (context) => {
    const { binaryVersion, emulationVersion } = await page(context, "Statusz");
    const version = context.target.kubernetesVersion.replace(/^v/, "");
    const { minor, versionSource } = context.target;
    // Nothing else is known of a kubelet that has not told its version.
    if (versionSource === "assumed") context.notApplicable("the kubelet's version is not known from elsewhere");
    if (typeof binaryVersion !== "string" || !(version === minor ? binaryVersion.startsWith(`${minor}.`) : binaryVersion === version)) {
      throw new Broken(`binaryVersion ${version}`, JSON.stringify(binaryVersion) ?? "none");
    }
    if (emulationVersion !== minor) throw new Broken(`emulationVersion ${minor}`, JSON.stringify(emulationVersion) ?? "none");
  },

  "configuration.statusz.paths": async (context) => {
    const { paths } = await page(context, "Statusz");
    if (!Array.isArray(paths)) throw new Broken("a list of paths", JSON.stringify(paths) ?? "none");
    const sorted = paths.map(String).toSorted((a, b) => (a < b ? -1 : 1));
    const missing = ["/configz", "/healthz", "/metrics"].filter((path) => !paths.includes(path));
    const services = ["/pods", "/checkpoint", "/stats"].filter((path) => paths.includes(path));
    if (missing.length > 0 || services.length > 0 || paths.join() !== sorted.join()) {
      throw new Broken("/configz, /healthz and /metrics among the paths, no service, and all of them sorted", paths.join(" "));
    }
  },

  "configuration.statusz.uptime": async (context) => {
    const first = await page(afresh(context), "Statusz");
    const second = await page(afresh(context), "Statusz");
    if (first["startTime"] !== second["startTime"]) {
      throw new Broken(`startTime ${JSON.stringify(first["startTime"])} again`, JSON.stringify(second["startTime"]) ?? "none");
    }
    const [before, after] = [Number(first["uptimeSeconds"]), Number(second["uptimeSeconds"])];
    if (!(after >= before)) throw new Broken(`an uptime of at least ${before} s`, `${after} s`);
    const response = await ask(afresh(context), "/statusz", "text/plain");
    const now = Date.parse(headerOf(response, "date") ?? "") / 1000;
    const age = now - Date.parse(String(second["startTime"])) / 1000;
    // Both clocks are the kubelet's and show whole seconds.
    if (!Number.isNaN(now) && Math.abs(age - after) > 3) {
      throw new Broken(`an uptime of about ${age} s, by startTime and Date`, `${after} s`);
    }
  },

  "configuration.statusz.delimiter": async (context) => {
    const seen = new Set<string>();
    // One of four each time: a dozen of one kind come by chance once in four million runs.
    for (let read = 0; read < 12 && seen.size < 2; read++) {
      const text = (await ask(afresh(context), "/statusz", "text/plain")).body.toString();
      seen.add(/\nStarted(: |[:= ]) /.exec(text)?.[1] ?? "none");
    }
    if (seen.size < 2) throw new Broken("different delimiters in a dozen texts", quoted([...seen].join()));
  },

  "configuration.statusz.read-only-port-open": async (context) => {
    const { status } = await context.send({ target: "/statusz", listener: "read-only", client: "none", headers: { Accept: "text/plain" } });
    if (status === 404) context.notApplicable("this kubelet does not serve /statusz there");
    if (status !== 200) throw new Broken("200 or 404", String(status));
  },

  "configuration.flagz.text-lines": async (context) => {
    const { lines, flags } = await flagText(context);
    const names = Object.keys(flags);
    if (names.length !== lines.length) throw new Broken("a flag, the delimiter and its value on each line", quoted(oddLine(lines, names)));
    if (names.join() !== names.toSorted().join()) throw new Broken("flags sorted by name", names.join(" "));
  },

  "configuration.flagz.text-stable": async (context) => {
    const texts = [];
    for (let read = 0; read < 6; read++) texts.push((await ask(afresh(context), "/flagz", "text/plain")).body.toString());
    if (new Set(texts).size > 1) throw new Broken("the same text six times", `${new Set(texts).size} different ones`);
  },

  "configuration.flagz.known-flags": async (context) => {
    const { flags } = await flagText(context);
    const missing = ["config", "hostname-override", "kubeconfig", "node-ip", "root-dir", "v"].filter((name) => !Object.hasOwn(flags, name));
    if (missing.length > 0) throw new Broken("every flag of a kubelet", `none named ${missing.join(", ")}`);
  },

  "configuration.flagz.same-flags": async (context) => {
    const { flags } = await flagText(context);
    const object = record((await page(context, "Flagz"))["flags"]);
    const differing = [...new Set([...Object.keys(flags), ...Object.keys(object)])].find((name) => flags[name] !== object[name]);
    if (differing !== undefined) {
      throw new Broken(
        `--${differing} to be ${JSON.stringify(flags[differing])} as in the text`,
        JSON.stringify(object[differing]) ?? "none",
      );
    }
  },
};

async function configz(context: CheckContext): Promise<Record<string, unknown>> {
  const response = await ask(context, "/configz");
  const shown = parseConfiguration(response.body.toString());
  if (!shown) throw new Broken("a KubeletConfiguration", describeAnswer(response));
  return shown;
}

async function ask(context: CheckContext, target: string, accept?: string): Promise<WireResponse> {
  const response = await context.read({ target, ...(accept === undefined ? {} : { headers: { Accept: accept } }) });
  if (response.status !== 200) throw new Broken(`GET ${target} to answer 200`, describeAnswer(response));
  return response;
}

/** The page as an object of the version that all minors with objects have. */
async function page(context: CheckContext, kind: "Statusz" | "Flagz"): Promise<Record<string, unknown>> {
  const response = await ask(context, `/${kind.toLowerCase()}`, `application/json;v=v1alpha1;g=config.k8s.io;as=${kind}`);
  const body = parseJson(response);
  if (!body || mediaTypeOf(headerOf(response, "content-type")) !== "application/json") {
    throw new Broken("a JSON object", describeAnswer(response));
  }
  return record(body.value);
}

/** The lines behind the head, and the flags in them: the delimiter is what the first one shows. */
async function flagText(context: CheckContext): Promise<{ lines: string[]; flags: Record<string, string> }> {
  const text = (await ask(context, "/flagz", "text/plain")).body.toString();
  const lines = text.split("\n").filter((line) => /^[a-z][a-z0-9-]*[:= ]/.test(line) && !/^kubelet flag[sz]$/.test(line));
  const delimiter = /^[a-z][a-z0-9-]*(: |[:= ])/.exec(lines.find((line) => line.startsWith("address")) ?? lines[0] ?? "")?.[1] ?? "";
  const flags = lines.flatMap((line): [string, string][] => {
    const at = line.indexOf(delimiter);
    const name = line.slice(0, Math.max(at, 0));
    return delimiter !== "" && /^[a-z][a-z0-9-]*$/.test(name) ? [[name, line.slice(at + delimiter.length)]] : [];
  });
  return { lines, flags: Object.fromEntries(flags) };
}

function oddLine(lines: readonly string[], names: readonly string[]): string {
  return lines.find((line) => !names.some((name) => line.startsWith(name))) ?? `${names.length} flags on ${lines.length} lines`;
}

function record(value: unknown): Record<string, unknown> {
  // An object's members stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
