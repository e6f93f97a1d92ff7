import { offeredProtocols, WEBSOCKET_V5 } from "@kubelet-conformance/streaming";
import { plain } from "../../http/answers.ts";
import { quote } from "../../http/bytes.ts";
import type { KubeletAnswer, KubeletRequest } from "../../http/message.ts";
import { parseQuery } from "../../http/target.ts";
import { containerNamed } from "../../pods/pod.ts";
import type { ListedContainer } from "../../pods/runtime-service.ts";
import type { RouteContext, RouteHandler } from "../route-handler.ts";
import { proxyUpgrade } from "./proxy.ts";
import { runtimeError } from "./runtime-error.ts";
import { translateV5 } from "./translate.ts";
import { isWebSocket } from "./upgrade-request.ts";

/** Which streams a client asked for; of a terminal there is no standard error. */
export interface CommandFlags {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** What exec and attach do differently. */
interface Command {
  readonly name: "exec" | "attach";
  /** Why the container cannot be used; the kubelet answers it with 500. */
  readonly problem: (context: RouteContext, container: ListedContainer | undefined) => string | undefined;
  readonly url: (context: RouteContext, container: ListedContainer, flags: CommandFlags) => Promise<string>;
}

const execCommand: Command = {
  name: "exec",
  problem: ({ parameters }, container) =>
    container === undefined ? `container not found (${quote(parameters["containerName"] ?? "")})` : undefined,
  async url({ kubelet, target }, { id: containerId }, flags) {
    const cmd = [...parseQuery(target.rawQuery).values("command")];
    const { client, operations } = kubelet.runtime;
    return (await operations.run("exec", () => client.runtime.exec({ containerId, cmd, ...flags }))).url;
  },
};

const attachCommand: Command = {
  name: "attach",
  problem({ kubelet, parameters }, container) {
    const { podNamespace = "", podID = "", uid, containerName = "" } = parameters;
    if (container === undefined) return `container ${containerName} not found in pod ${podID}_${podNamespace}`;
    const state = kubelet.pods.find(podNamespace, podID);
    return uid !== undefined && uid !== state?.pod.metadata.uid && uid !== state?.mirrorUid
      ? `pod ${podID}_${podNamespace} not found`
      : undefined;
  },
  async url({ kubelet, parameters }, { id: containerId }, { stdin, stdout, stderr }) {
    const { podNamespace = "", podID = "", containerName = "" } = parameters;
    const pod = kubelet.pods.find(podNamespace, podID)?.pod;
    // Whether there is a terminal was decided when the container was created.
    const tty = pod !== undefined && containerNamed(pod, containerName)?.tty === true;
    const { client, operations } = kubelet.runtime;
    return (await operations.run("attach", () => client.runtime.attach({ containerId, stdin, stdout, stderr, tty }))).url;
  },
};

/** GET and POST /exec/{podNamespace}/{podID}[/{uid}]/{containerName}. */
export const exec: RouteHandler = (context) => serve(execCommand, context);

/** GET and POST /attach/{podNamespace}/{podID}[/{uid}]/{containerName}. */
export const attach: RouteHandler = (context) => serve(attachCommand, context);

async function serve(command: Command, context: RouteContext): Promise<KubeletAnswer> {
  const { kubelet, request, parameters } = context;
  const flags = await commandFlags(context);
  if (flags === undefined) return plain(400, "you must specify at least 1 of stdin, stdout, stderr");
  const { podNamespace = "", podID = "", containerName = "" } = parameters;
  if (kubelet.pods.find(podNamespace, podID) === undefined) return plain(404, "pod does not exist");
  let url: string;
  try {
    const container = (await kubelet.runtime.listContainers()).find(
      (each) => each.running && each.namespace === podNamespace && each.podName === podID && each.name === containerName,
    );
    const problem = command.problem(context, container);
    if (container === undefined || problem !== undefined) return plain(500, problem ?? "");
    url = await command.url(context, container, flags);
  } catch (error) {
    return runtimeError(error);
  }
  const isTranslated = kubelet.gates.enabled("ExtendWebSocketsToKubelet") && asksForV5(request);
  if (!isTranslated) return proxyUpgrade(request, url);
  kubelet.webSocketRequests.add(command.name);
  return translateV5(request, url, flags);
}

/** Undefined: no stream at all. The values come from a form as well as from the query (http.Request.FormValue). */
async function commandFlags({ request, target }: RouteContext): Promise<CommandFlags | undefined> {
  const inQuery = parseQuery(target.rawQuery);
  const hasForm = request.method === "POST" && request.header("Content-Type")?.startsWith("application/x-www-form-urlencoded") === true;
  const inForm = hasForm ? parseQuery((await request.body()).toString("latin1")) : undefined;
  const isOne = (name: string): boolean => (inForm?.first(name) ?? inQuery.first(name)) === "1";
  const tty = isOne("tty");
  const flags = { stdin: isOne("input"), stdout: isOne("output"), stderr: isOne("error") && !tty, tty };
  return flags.stdin || flags.stdout || flags.stderr ? flags : undefined;
}

/** Any list with v5 in it (wsstream.IsWebSocketRequestWithStreamCloseProtocol). */
function asksForV5(request: KubeletRequest): boolean {
  return isWebSocket(request) && offeredProtocols(request.header("Sec-WebSocket-Protocol")).includes(WEBSOCKET_V5);
}
