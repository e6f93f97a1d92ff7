import { behaviour } from "@kubelet-conformance/types";
import type { RouteHandler } from "../routes/route-handler.ts";
import type { KubeletState } from "../state.ts";
import { answerPage } from "./answer.ts";
import { drawDelimiter, pageHead } from "./delimiter.ts";
import { flagsOf } from "./flags.ts";

const texts = new WeakMap<KubeletState, string>();

/** /flagz. Its text is made once and kept, delimiter included. */
export const getFlagz: RouteHandler = (context) => {
  const { kubelet } = context;
  const flags = flagsOf(kubelet.minor, kubelet.commandLine);
  const text = () => {
    const body = texts.get(kubelet) ?? textOf(flags, behaviour("zpages", kubelet.minor).forms === "text");
    texts.set(kubelet, body);
    return { status: 200, headers: [["Content-Type", "text/plain; charset=utf-8"]] as const, body };
  };
  return answerPage({ name: "flagz", kind: "Flagz", text, negotiatedText: text, members: () => ({ flags }) }, context);
};

function textOf(flags: Readonly<Record<string, string>>, isOld: boolean): string {
  const delimiter = drawDelimiter();
  const lines = Object.entries(flags).map(([name, value]) => `${name}${delimiter}${value}\n`);
  return `${isOld ? `${pageHead("flags")}\n` : pageHead("flagz")}${lines.join("")}`;
}
