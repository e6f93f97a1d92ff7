import { behaviour } from "@kubelet-conformance/types";
import { plain } from "../http/answers.ts";
import type { RouteHandler } from "../routes/route-handler.ts";
import type { KubeletState } from "../state.ts";
import { answerPage } from "./answer.ts";
import { drawDelimiter, pageHead } from "./delimiter.ts";

/** /statusz: it lists the first segments of the plain handlers that are there when it is installed, itself not yet among them. */
export const getStatusz: RouteHandler = (context) => {
  const { kubelet, patterns } = context;
  const paths = [...new Set(patterns.map((pattern) => `/${pattern.split("/")[1]}`))].filter((path) => path !== "/statusz").toSorted();
  const typed = (type: string) => ({ status: 200, headers: [["Content-Type", type]] as const, body: textOf(kubelet, paths) });
  return answerPage(
    {
      name: "statusz",
      kind: "Statusz",
      // Up to 1.34 the type is set when the text has begun, hence guessed.
      text: () =>
        behaviour("zpages", kubelet.minor).forms === "text" ? plain(200, textOf(kubelet, paths)) : typed("text/plain; charset=utf-8"),
      negotiatedText: () => typed("text/plain"),
      members: () => ({
        startTime: kubelet.startedAt.toISOString().replace(/\.\d+Z$/, "Z"),
        uptimeSeconds: uptime(kubelet),
        ...versionsOf(kubelet),
        paths,
      }),
    },
    context,
  );
};

function versionsOf({ minor, version }: KubeletState) {
  return { goVersion: behaviour("kubelet-build", minor).go, binaryVersion: version.slice(1), emulationVersion: minor };
}

function uptime({ startedAt }: KubeletState): number {
  // In whole seconds, as /proc tells when a process began.
  return Math.floor(Date.now() / 1000) - Math.floor(startedAt.getTime() / 1000);
}

function textOf(kubelet: KubeletState, paths: readonly string[]): string {
  const delimiter = drawDelimiter();
  const { goVersion, binaryVersion, emulationVersion } = versionsOf(kubelet);
  const line = (name: string, value: string): string => `${name}${delimiter} ${value}\n`;
  return [
    pageHead("statusz"),
    "\n",
    line("Started", unixDate(kubelet.startedAt)),
    line("Up", duration(uptime(kubelet))),
    line("Go version", goVersion),
    line("Binary version", binaryVersion),
    line("Emulation version", emulationVersion),
    { none: "", "empty-line": "\n", listed: line("Paths", paths.join(" ")) }[behaviour("zpages", kubelet.minor).paths],
  ].join("");
}

/** time.UnixDate, in UTC. */
function unixDate(time: Date): string {
  const [weekday = "", day = "", month = "", year = "", clock = ""] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${day.replace(/^0/, " ")} ${clock} UTC ${year}`;
}

function duration(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)} hr ${two(Math.floor(seconds / 60) % 60)} min ${two(seconds % 60)} sec`;
}
