import { grpcErrorText } from "@kubelet-conformance/cri";
import { behaviour } from "@kubelet-conformance/types";
import { plain } from "../http/answers.ts";
import { quote } from "../http/bytes.ts";
import { parseQuery } from "../http/target.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

/** POST /run/{podNamespace}/{podID}[/{uid}]/{containerName}. */
export const run: RouteHandler = async (context) => {
  const { kubelet, request, parameters } = context;
  const { podNamespace = "", podID = "", containerName = "" } = parameters;
  if (kubelet.pods.find(podNamespace, podID) === undefined) return plain(404, "pod does not exist");
  const { client, operations } = kubelet.runtime;
  try {
    const listed = await kubelet.runtime.listContainers();
    const container = listed.find(
      (entry) => entry.running && entry.namespace === podNamespace && entry.podName === podID && entry.name === containerName,
    );
    if (container === undefined) return plain(500, `container not found (${quote(containerName)})`);
    const cmd = (await commandOf(context)).split(" ");
    const { stdout, stderr, exitCode } = await operations.run("exec_sync", () =>
      client.runtime.execSync({ containerId: container.id, cmd }, { signal: request.signal }),
    );
    if (exitCode !== 0) {
      return plain(500, `command '${cmd.join(" ")}' exited with ${exitCode}: ${Buffer.from(stderr).toString()}`);
    }
    const body = Buffer.concat([stdout, stderr]);
    // Without any output the kubelet has no buffer at all, and writeJSONResponse sets no type.
    return { status: 200, headers: body.length === 0 ? [] : [["Content-Type", "application/json"]], body };
  } catch (error) {
    return plain(500, grpcErrorText(error));
  }
};

async function commandOf({ kubelet, request, target }: RouteContext): Promise<string> {
  const inQuery = parseQuery(target.rawQuery).first("cmd") ?? "";
  if (!behaviour("run-command-in-form", kubelet.minor)) return inQuery;
  if (!request.header("Content-Type")?.startsWith("application/x-www-form-urlencoded")) return inQuery;
  return parseQuery((await request.body()).toString("latin1")).first("cmd") ?? inQuery;
}
