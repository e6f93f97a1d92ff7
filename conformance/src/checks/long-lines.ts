import { type AreaChecks, Blocked, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { outlined } from "../engine/text.ts";
import { logPath } from "../target/container-log.ts";
import { splitTimes } from "./log-lines.ts";

/** More than this of a line no runtime writes in one piece. */
const longestPiece = 16 * 1024;

/** The requirements of `spec/requirements/container-logs.yaml` about lines that the runtime writes in pieces. */
export const longLines = {
  "container-logs.long-line.whole": async (context) => {
    const line = lastLineOf(await logOf(context, "previous=false"));
    if (line.length <= longestPiece) throw new Broken(`a last line of more than ${longestPiece} bytes`, outlined(line));
  },

  "container-logs.long-line.time": async (context) => {
    const whole = await logOf(context, "follow=false");
    const last = splitTimes(await logOf(context, "timestamps=true")).at(-1);
    if (last?.time === undefined || last.text !== lastLineOf(whole)) {
      throw new Broken("one time, and the line behind it", outlined(last?.text ?? ""));
    }
  },

  "container-logs.long-line.tail": async (context) => {
    const line = lastLineOf(await logOf(context, "follow=false"));
    const end = await logOf(context, "tailLines=1");
    if (end === "" || !line.endsWith(end) || end.length >= line.length)
      throw new Broken(`the last piece of a line of ${line.length} bytes`, outlined(end, line));
  },
} satisfies Partial<AreaChecks<"container-logs">>;

async function logOf(context: CheckContext, query: string): Promise<string> {
  const { longLine } = context.target;
  if (!longLine) throw new Blocked("long-line-container");
  const response = await context.send({ target: `${logPath(longLine)}?${query}`, headers: { Accept: "*/*" } });
  if (response.status !== 200) throw new Broken("status 200", describeAnswer(response));
  return response.body.toString("latin1");
}

function lastLineOf(log: string): string {
  return log.split(/(?<=\n)/).at(-1) ?? "";
}
