import type { JsonObject, KubeObject } from "@kubelet-conformance/control-plane";
import { Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { pointer } from "../engine/json-pointer.ts";
import type { ControlPlaneProbe, LaunchOptions, LaunchProbe } from "../target/cluster.ts";

/** The Node object as the API server holds it now, if there is one. */
export function nodeHere({ target: { cluster, nodeName }, signal }: CheckContext): Promise<KubeObject | undefined> {
  if (!cluster || nodeName === undefined) throw new Blocked("node-object");
  return cluster.get("nodes", { name: nodeName }, signal);
}

/** The Node object; of a live cluster as it was when the run began. Blocked where there is none: that is another requirement's failure. */
export async function nodeOf(context: CheckContext): Promise<KubeObject> {
  return context.target.cluster?.seen ?? nodeNow(context);
}

/** The same, as it is now. */
export async function nodeNow(context: CheckContext): Promise<KubeObject> {
  const node = await nodeHere(context);
  if (!node) throw new Blocked("node");
  return node;
}

export function controlPlaneOf({ target: { controlPlane } }: CheckContext): ControlPlaneProbe {
  if (!controlPlane) throw new Blocked("control-plane-double");
  return controlPlane;
}

export function launchOf({ target: { launch } }: CheckContext): LaunchProbe {
  if (!launch) throw new Blocked("kubelet-launch");
  return launch;
}

/** The node of a kubelet that was started otherwise. Fails the requirement when it ends or registers none. */
export async function launchedNode(context: CheckContext, options: LaunchOptions): Promise<KubeObject> {
  // A kind of kubelet that registers nothing need not be started again and again.
  await nodeOf(context);
  const outcome = await launchOf(context).start(options);
  if (outcome.ended) throw new Broken("a kubelet that goes on", `it ended: ${lastLine(outcome.message)}`);
  if (!outcome.node) throw new Broken("a kubelet that registers its node", "the API server has none");
  return outcome.node;
}

/** What a kubelet says that ends instead of starting like that. Fails the requirement when it goes on. */
export async function refusalOf(context: CheckContext, options: LaunchOptions): Promise<string> {
  const outcome = await launchOf(context).start(options);
  if (!outcome.ended) throw new Broken("a kubelet that ends", `it goes on, with the labels ${JSON.stringify(labelsOf(outcome.node))}`);
  return outcome.message;
}

export function labelsOf(node: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return objectAt(node, "/metadata/labels");
}

export function annotationsOf(node: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return objectAt(node, "/metadata/annotations");
}

/** `key=value:effect` of each taint. */
export function taintsOf(node: JsonObject): string[] {
  return objectsAt(node, "/spec/taints").map(({ key, value, effect }) =>
    [shown(key), value === undefined ? "" : `=${shown(value)}`, `:${shown(effect)}`].join(""),
  );
}

/** The object at a JSON pointer, or an empty one. */
export function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const found = pointer(value, path);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? { ...found } : {};
}

/** The objects of the list at a JSON pointer; anything else in it counts as an empty one. */
export function objectsAt(value: unknown, path: string): Readonly<Record<string, unknown>>[] {
  const found = pointer(value, path);
  return Array.isArray(found) ? found.map((item: unknown) => objectAt({ item }, "/item")) : [];
}

/** A value as it stands in a report. */
export function shown(value: unknown): string {
  return value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
}

export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "without a word";
}
