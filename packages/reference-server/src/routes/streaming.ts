// Outside the spec for now: what is checked before a connection is upgraded; upgrading itself is a later issue.
import { grpcErrorText } from "@kubelet-conformance/cri";
import { httpError, plain } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { parseQuery } from "../http/target.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

const upgradeRequired = httpError(500, "Upgrade request required");

interface Streams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
}

/** /exec/{podNamespace}/{podID}[/{uid}]/{containerName}. */
export const exec: RouteHandler = (context) => checkStreams(context, ({ containerName }) => `container not found ("${containerName}")`);

/** /attach/{podNamespace}/{podID}[/{uid}]/{containerName}. */
export const attach: RouteHandler = (context) =>
  checkStreams(context, ({ podNamespace, podID, uid, containerName }) => {
    const pod = context.kubelet.pods.find(podNamespace ?? "", podID ?? "")?.pod;
    if (uid !== undefined && uid !== pod?.metadata.uid) return `pod ${podID}_${podNamespace} not found`;
    return `container ${containerName} not found in pod ${podID}_${podNamespace}`;
  });

async function checkStreams(
  { kubelet, target, parameters }: RouteContext,
  missing: (parameters: Readonly<Record<string, string>>) => string,
): Promise<KubeletAnswer> {
  const { podNamespace = "", podID = "", uid, containerName = "" } = parameters;
  const query = parseQuery(target.rawQuery);
  const isOne = (name: string) => query.first(name) === "1";
  const streams: Streams = { stdin: isOne("input"), stdout: isOne("output"), stderr: isOne("error") && !isOne("tty") };
  if (!streams.stdin && !streams.stdout && !streams.stderr) {
    return plain(400, "you must specify at least 1 of stdin, stdout, stderr");
  }
  const state = kubelet.pods.find(podNamespace, podID);
  if (state === undefined) return plain(404, "pod does not exist");
  const isAttach = target.path.startsWith("/attach/");
  try {
    const running = (await kubelet.runtime.listContainers()).some(
      (entry) => entry.running && entry.podUid === state.pod.metadata.uid && entry.name === containerName,
    );
    const isOtherPod = isAttach && uid !== undefined && uid !== state.pod.metadata.uid;
    if (!running || isOtherPod) return plain(500, missing(parameters));
  } catch (error) {
    return plain(500, grpcErrorText(error));
  }
  const hasTerminal = state.pod.spec.containers.some(({ name, tty }) => name === containerName && tty === true);
  if (isAttach && hasTerminal && streams.stderr) {
    return plain(500, "rpc error: code = InvalidArgument desc = tty and stderr cannot both be true");
  }
  return upgradeRequired;
}

/** /portForward/{podNamespace}/{podID}[/{uid}]. */
export const portForward: RouteHandler = ({ kubelet, request, target, parameters }) => {
  const { podNamespace = "", podID = "", uid } = parameters;
  const isWebSocket = request.header("Upgrade")?.toLowerCase() === "websocket";
  const problem = isWebSocket ? portProblem(parseQuery(target.rawQuery).values("port")) : undefined;
  if (problem !== undefined) return plain(400, problem);
  const state = kubelet.pods.find(podNamespace, podID);
  if (state === undefined) return plain(404, "pod does not exist");
  if (uid !== undefined && uid !== state.pod.metadata.uid) return plain(404, "pod not found");
  return upgradeRequired;
};

function portProblem(values: readonly string[]): string | undefined {
  if (values.length === 0) return 'query parameter "port" is required';
  for (const text of values.flatMap((value) => value.split(","))) {
    if (text === "") return 'query parameter "port" cannot be empty';
    const number = /^\d+$/.test(text) ? Number(text) : undefined;
    const why = number === undefined ? "invalid syntax" : number > 65_535 ? "value out of range" : undefined;
    if (why !== undefined) return `unable to parse "${text}" as a port: strconv.ParseUint: parsing "${text}": ${why}`;
    if (number === 0) return `port "${text}" must be > 0`;
  }
  return undefined;
}
