import { afresh, type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { findPod, nameOf, type PodView, podsOf, somePodsOf } from "./kubelet-state.ts";
import { maskedValue } from "@kubelet-conformance/exchange";

/** `spec/requirements/pods.yaml`, the requirements that look at more than one exchange or into the pods. */
export const pods: AreaChecks<"pods"> = {
  "pods.list.query-ignored": async (context) => {
    const now = afresh(context);
    const before = (await somePodsOf(now)).map(nameOf);
    const query = "limit=0&labelSelector=kubelet-conformance%3Dabsent&fieldSelector=metadata.name%3Dabsent";
    const asked = (await podsOf(now, `/pods?${query}`)).map(nameOf);
    const after = (await podsOf(now)).map(nameOf);
    // Pods may come and go meanwhile; those that were there all the time must be in the list.
    const steady = before.filter((name) => after.includes(name));
    if (!steady.every((name) => asked.includes(name)))
      throw new Broken(`the whole list (${steady.join(", ")})`, asked.join(", ") || "an empty list");
  },

  "pods.item.no-kind": async (context) => {
    const odd = (await somePodsOf(context)).find(({ kind, apiVersion }) => kind !== undefined || apiVersion !== undefined);
    if (odd) throw new Broken("items without kind and apiVersion", `${nameOf(odd)} has one`);
  },

  "pods.item.identity": async (context) => {
    for (const { metadata } of await somePodsOf(context)) {
      const values = [metadata?.name, metadata?.namespace, metadata?.uid];
      if (!values.every((value) => typeof value === "string" && value !== "")) {
        throw new Broken("a name, a namespace and a UID", JSON.stringify(values));
      }
    }
  },

  "pods.item.node-name": async (context) => {
    const names = new Set((await somePodsOf(context)).map(({ spec }) => spec?.nodeName));
    const [name] = names;
    if (names.size !== 1 || typeof name !== "string" || name === "")
      throw new Broken("one node name on all pods", JSON.stringify([...names]));
  },

  "pods.item.source": async (context) => {
    for (const pod of await somePodsOf(context)) {
      const source = annotation(pod, "kubernetes.io/config.source");
      if (source !== "file" && source !== "http" && source !== "api") {
        throw new Broken(`kubernetes.io/config.source of ${nameOf(pod)} to be file, http or api`, String(source));
      }
      const seen = annotation(pod, "kubernetes.io/config.seen");
      if (Number.isNaN(Date.parse(String(seen))))
        throw new Broken(`kubernetes.io/config.seen of ${nameOf(pod)} to be a time`, String(seen));
    }
  },

  "pods.static.name": async (context) => {
    for (const pod of await staticPodsOf(context)) {
      const suffix = `-${String(pod.spec?.nodeName)}`;
      if (!String(pod.metadata?.name).endsWith(suffix)) throw new Broken(`a name that ends with ${suffix}`, nameOf(pod));
    }
  },

  "pods.static.uid": async (context) => {
    for (const pod of await staticPodsOf(context)) {
      const hash = annotation(pod, "kubernetes.io/config.hash");
      if (hash === undefined || pod.metadata?.uid !== hash) {
        throw new Broken(`the UID of ${nameOf(pod)} to be kubernetes.io/config.hash (${String(hash)})`, String(pod.metadata?.uid));
      }
    }
  },

  "pods.static.toleration": async (context) => {
    for (const pod of await staticPodsOf(context)) {
      const tolerates = pod.spec?.tolerations?.some(
        ({ operator, effect, key }) => operator === "Exists" && effect === "NoExecute" && key === undefined,
      );
      if (!tolerates) throw new Broken(`${nameOf(pod)} to tolerate every NoExecute taint`, JSON.stringify(pod.spec?.tolerations ?? []));
    }
  },

  "pods.status.containers": async (context) => {
    const status = await runningStatus(context);
    const { containerID, image, state } = status;
    const known = [containerID, image, state?.running?.startedAt].every((value) => typeof value === "string" && value !== "");
    if (!known) throw new Broken("a container id, an image and a start time", maskedValue(status));
  },

  "pods.status.container-id": async (context) => {
    const { containerID } = await runningStatus(context);
    if (!/^[^:/\s]+:\/\/\S+$/.test(String(containerID))) throw new Broken("<runtime>://<id>", String(containerID));
  },

  "pods.running.only-running": async (context) => {
    const { waiting } = context.target;
    const pod = findPod(await podsOf(context, "/runningpods/"), waiting);
    if (containerNames(pod).includes(waiting?.container)) {
      throw new Broken(`no container ${waiting?.container}, which never started`, `it is listed among ${containerNames(pod).join(", ")}`);
    }
  },

  "pods.running.includes-running": async (context) => {
    const { running } = context.target;
    const pod = findPod(await podsOf(context, "/runningpods/"), running);
    if (containerNames(pod).includes(running?.container)) return;
    if (!(await runningStatus(afresh(context))).state?.running)
      context.notApplicable(`container ${running?.container} has stopped since discovery`);
    throw new Broken(`container ${running?.container} of pod ${running?.pod}`, pod ? containerNames(pod).join(", ") : "no such pod");
  },

  "pods.running.empty-status": (context) => expectEmptyStatus(context, "/runningpods/"),

  "pods.allocated.includes-running": async (context) => {
    const { running } = context.target;
    if (findPod(await podsOf(context, "/allocatedPods"), running)) return;
    if (!(await runningStatus(context)).state?.running)
      context.notApplicable(`container ${running?.container} has stopped since discovery`);
    throw new Broken(`pod ${running?.pod}, which runs`, "no such pod");
  },

  "pods.allocated.empty-status": (context) => expectEmptyStatus(context, "/allocatedPods"),
};

async function expectEmptyStatus(context: CheckContext, target: string): Promise<void> {
  const odd = (await somePodsOf(context, target)).find(({ status }) => maskedValue(status) !== "{}");
  if (odd) throw new Broken("status {}", odd.status === undefined ? "none" : maskedValue(odd.status));
}

function annotation({ metadata }: PodView, name: string): unknown {
  return metadata?.annotations?.[name];
}

function containerNames(pod: PodView | undefined): unknown[] {
  return (pod?.spec?.containers ?? []).map(({ name }) => name);
}

async function staticPodsOf(context: CheckContext): Promise<PodView[]> {
  const found = (await podsOf(context)).filter((pod) => annotation(pod, "kubernetes.io/config.source") === "file");
  if (found.length === 0) context.notApplicable("the node has no static pods");
  return found;
}

async function runningStatus(context: CheckContext) {
  const { running } = context.target;
  const pod = findPod(await podsOf(context), running);
  if (!pod) context.notApplicable(`pod ${running?.pod} is gone since discovery`);
  const status = pod.status?.containerStatuses?.find(({ name }) => name === running?.container);
  if (!status) throw new Broken(`a status of container ${running?.container}`, "none");
  return status;
}
