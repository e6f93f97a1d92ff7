import { behaviour } from "@kubelet-conformance/types";
import type { RouteHandler } from "../routes/route-handler.ts";
import type { KubeletState } from "../state.ts";
import { answerPage } from "./answer.ts";
import { drawDelimiter, pageHead } from "./delimiter.ts";
import { flagsOf } from "./flags.ts";

/** /flagz. Its text is made once and kept, delimiter included. */
export function flagzOf({ minor, commandLine }: KubeletState): RouteHandler {
  const flags = flagsOf(minor, commandLine);
  let body: string | undefined;
  const text = () => {
    body ??= textOf(flags, behaviour("zpages", minor).forms === "text");
    return { status: 200, headers: [["Content-Type", "text/plain; charset=utf-8"]] as const, body };
  };
  return (context) => answerPage({ name: "flagz", kind: "Flagz", text, negotiatedText: text, members: () => ({ flags }) }, context);
}

function textOf(flags: Readonly<Record<string, string>>, isOld: boolean): string {
  const delimiter = drawDelimiter();
  const lines = Object.entries(flags).map(([name, value]) => `${name}${delimiter}${value}\n`);
  return `${isOld ? `${pageHead("flags")}\n` : pageHead("flagz")}${lines.join("")}`;
}
