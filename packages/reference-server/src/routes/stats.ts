import { grpcErrorText } from "@kubelet-conformance/cri";
import { json, plain } from "../http/answers.ts";
import { parseMediaType } from "../http/media-type.ts";
import { BodyError } from "../http/request-body.ts";
import { parseQuery } from "../http/target.ts";
import { nodeUsage } from "../metrics/node-usage.ts";
import { type ImageFileSystem, imageFileSystem, summary } from "../stats/summary.ts";
import type { KubeletState } from "../state.ts";
import { escapeHtml } from "./pods.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

/** GET /stats/summary. */
export const getStatsSummary: RouteHandler = async (context) => {
  const form = await parseForm(context);
  if (typeof form === "string") return internalError(`parse form failed: ${form}`);
  const isSmall = form.length === 1 && form[0] === "true";
  const { kubelet } = context;
  let images: ImageFileSystem | undefined;
  try {
    if (!isSmall) images = await lookAtImages(kubelet);
  } catch (error) {
    return internalError(`failed to get imageFs stats: ${grpcErrorText(error)}`);
  }
  try {
    return json(escapeHtml(JSON.stringify(await summary(kubelet, await nodeUsage(kubelet), images), null, 1)));
  } catch (error) {
    return internalError(
      `failed to list pod stats: failed to get pod or container map: failed to list all containers: ${grpcErrorText(error)}`,
    );
  }
};

/** POST /stats/summary is the same, with a form that counts as well. */
export const postStatsSummary: RouteHandler = (context) => getStatsSummary(context);

function internalError(text: string) {
  return plain(500, `Internal Error: ${text}`);
}

async function lookAtImages({ runtime, rootDirectory }: KubeletState): Promise<ImageFileSystem> {
  // Like ListContainerStats it is not among the counted operations: the stats provider has a client of its own.
  const { imageFilesystems } = await runtime.client.image.imageFsInfo({});
  return imageFileSystem(imageFilesystems, rootDirectory);
}

/** Values of only_cpu_and_memory, or what ParseForm finds wrong. */
async function parseForm({ request, target }: RouteContext): Promise<readonly string[] | string> {
  const name = "only_cpu_and_memory";
  const query = parseQuery(target.rawQuery);
  if (request.method !== "POST") return query.problem ?? query.values(name);
  const { type, problem } = parseMediaType(request.header("Content-Type") || "application/octet-stream");
  if (type !== "application/x-www-form-urlencoded") return problem ?? query.problem ?? query.values(name);
  try {
    const form = parseQuery((await request.body()).toString("latin1"));
    return problem ?? form.problem ?? query.problem ?? [...form.values(name), ...query.values(name)];
  } catch (error) {
    if (error instanceof BodyError) return error.message;
    throw error;
  }
}
