import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { parseJson } from "../engine/expectation.ts";
import { pointer } from "../engine/json-pointer.ts";
import { endpointOwner, readContainerRuntime } from "../target/container-runtime.ts";
import { nodeOf, objectAt, objectsAt, shown } from "./node-object.ts";
import { flagChecks } from "./runtime-flags.ts";
import { answerOf, serviceChecks, serviceOf } from "./runtime-service.ts";
import { startChecks } from "./runtime-start.ts";
import { statusChecks } from "./runtime-status.ts";

/** `spec/requirements/runtime.yaml`. */
export const runtime: AreaChecks<"runtime"> = {
  ...flagChecks,
  ...startChecks,
  ...statusChecks,
  ...serviceChecks,

  "runtime.version.form": async (context) => {
    const text = await runtimeVersionOf(context);
    if (!readContainerRuntime(text)) throw new Broken("containerRuntimeVersion such as containerd://2.1.4", text);
  },

  "runtime.version.answer": async (context) => {
    const text = await runtimeVersionOf(context);
    if (!readContainerRuntime(text)) context.notApplicable(`${text} has no name and no version; see runtime.version.form`);
    const { runtimeName, runtimeVersion } = answerOf("Version", await serviceOf(context).version(context.signal));
    const wanted = [runtimeVersion, runtimeVersion.replace(/^v/, "")].map((version) => `${runtimeName}://${version}`);
    // Of what is no semantic version, Kubernetes reads the numbers.
    const numbers = /^v?(\d+(\.\d+)+)/.exec(runtimeVersion)?.[1];
    const isRead = numbers !== undefined && text === `${runtimeName}://${numbers.split(".").map(Number).join(".")}`;
    if (!wanted.includes(text) && !isRead) throw new Broken(wanted[1] ?? "", text);
  },

  "runtime.endpoint.form": async (context) => {
    const endpoint = await endpointOf(context);
    if (endpoint.startsWith("/")) context.warn(`unix://${endpoint}`, `${endpoint}, a path without a scheme`);
    else if (!/^(unix|npipe|tcp):\/\/./.test(endpoint)) throw new Broken("containerRuntimeEndpoint unix://PATH", endpoint || "none");
  },

  "runtime.endpoint.not-dockershim": async (context) => {
    const endpoint = await endpointOf(context);
    if (endpointOwner(endpoint) === "dockershim")
      throw new Broken("the endpoint of a runtime, such as unix:///run/containerd/containerd.sock", endpoint);
  },

  "runtime.docker.shim": async (context) => {
    const text = await runtimeVersionOf(context);
    if (readContainerRuntime(text)?.name !== "docker") return;
    const endpoint = await endpointOf(context);
    const owner = endpointOwner(endpoint);
    // Shims other than cri-dockerd have endpoints that nobody knows.
    if (owner !== undefined && owner !== "cri-dockerd")
      throw new Broken(`the endpoint of a shim, such as unix:///run/cri-dockerd.sock, for ${text}`, `${endpoint} of ${owner}`);
  },

  "runtime.handlers.answer": async (context) => {
    const { runtimeHandlers } = answerOf("Status", await serviceOf(context).status(context.signal));
    const listed = objectsAt(await nodeOf(context), "/status/runtimeHandlers");
    const [wanted, found] = [
      runtimeHandlers.map(({ name, features }) => handlerText(name, { ...features })),
      listed.map((handler) => handlerText(handler["name"], objectAt(handler, "/features"))),
    ].map((texts) => texts.toSorted().join(", ") || "none");
    if (wanted !== found) throw new Broken(`the handlers ${wanted}`, found ?? "none");
  },

  "runtime.features.answer": async (context) => {
    const { features } = answerOf("Status", await serviceOf(context).status(context.signal));
    const told = pointer(await nodeOf(context), "/status/features/supplementalGroupsPolicy");
    const wanted = features?.supplementalGroupsPolicy;
    if (told !== wanted) throw new Broken(`features.supplementalGroupsPolicy ${shown(wanted)}`, shown(told));
  },
};

/** A handler's name, and the features that the API knows of; one that is left out is one that it does not have. */
function handlerText(name: unknown, features: Readonly<Record<string, unknown>>): string {
  const has = ["recursiveReadOnlyMounts", "userNamespaces"].filter((feature) => features[feature] === true);
  return `"${shown(name ?? "")}" (${has.join(" ")})`;
}

async function runtimeVersionOf(context: CheckContext): Promise<string> {
  return shown(pointer(await nodeOf(context), "/status/nodeInfo/containerRuntimeVersion"));
}

/** `containerRuntimeEndpoint` of /configz. Blocked where that is not shown: other requirements' failure. */
async function endpointOf(context: CheckContext): Promise<string> {
  const answer = await context.send({ target: "/configz" });
  const endpoint = pointer(parseJson(answer)?.value, "/kubeletconfig/containerRuntimeEndpoint");
  if (typeof endpoint !== "string") throw new Blocked("runtime-endpoint");
  return endpoint;
}
