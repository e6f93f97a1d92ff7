/** Members whose texts say what a kubelet is and does, and nothing that a user put there. All other texts are hidden. */
const shown: ReadonlySet<string> = new Set(
  [
    "apiVersion kind name generateName namespace uid resourceVersion creationTimestamp deletionTimestamp generation",
    "phase state status type reason code restartPolicy qosClass nodeName hostIP podIP ip containerID imageID image",
    "startedAt finishedAt startTime lastTransitionTime lastProbeTime lastUpdateTime protocol items",
    "time id interfaces mode cgroupDriver cpuManagerPolicy topologyManagerPolicy memoryManagerPolicy syncFrequency",
    "nodeStatusUpdateFrequency nodeStatusReportFrequency runtimeRequestTimeout cacheTTL cacheAuthorizedTTL cacheUnauthorizedTTL",
    "flushFrequency format hairpinMode resolvConf containerRuntimeEndpoint volumePluginDir staticPodPath binaryVersion emulationVersion goVersion",
  ].flatMap((names) => names.split(" ")),
);
/** Below these the names are anybody's, too. */
const free: ReadonlySet<string> = new Set(
  "annotations labels matchLabels nodeSelector data stringData binaryData staticPodURLHeader flags".split(" "),
);

/** Stands for what is not shown. */
export const hidden = "[redacted]";

interface Level {
  /** The member that is being read. */
  member: string | undefined;
  /** Nothing below is shown. */
  isFree: boolean;
  isObject: boolean;
}

/** Whether a text is, or begins as, JSON with members. */
export function looksLikeJson(text: string): boolean {
  return /^[\s\ufeff\0]{0,64}[[{]/.test(text);
}

/** The same text with the JSON masked that is or begins in it. */
export function maskText(text: string): string {
  const at = looksLikeJson(text) ? 0 : text.search(/[{[]\s{0,16}["{[]/);
  return at < 0 ? text : text.slice(0, at) + maskJson(text.slice(at));
}

/** Replaces all texts of a JSON document but those that are known to be harmless; what it is made of stays. Takes a document that is cut or broken, too. */
function maskJson(text: string): string {
  const levels: Level[] = [];
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const level = levels.at(-1);
    if (character === "{" || character === "[") {
      const isFree = level !== undefined && (level.isFree || (level.member !== undefined && free.has(level.member)));
      levels.push({ member: character === "[" ? level?.member : undefined, isFree, isObject: character === "{" });
    } else if (character === "}" || character === "]") {
      levels.pop();
      // What stands behind a document is none.
      if (levels.length === 0) {
        const rest = text.slice(at + 1);
        return [...parts, text.slice(from, at + 1), rest.trim() === "" ? rest : hidden].join("");
      }
    } else if (character === '"') {
      const end = endOfString(text, at);
      const content = text.slice(at + 1, end);
      if (level?.isObject && isMember(text, end)) {
        level.member = content;
      } else if (level === undefined || level.isFree || level.member === undefined || !shown.has(level.member)) {
        parts.push(text.slice(from, at), `"${hidden}${end < text.length ? '"' : ""}`);
        from = end + 1;
      }
      at = end;
    } else if (character !== undefined && isWord(character)) {
      const end = endOfWord(text, at);
      if (!literals.test(text.slice(at, end))) {
        parts.push(text.slice(from, at), hidden);
        from = end;
      }
      at = end - 1;
    }
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** All that JSON has outside of strings, words that are cut included. */
const literals = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?[.eE+-]*|t|tr|tru|true|f|fa|fal|fals|false|n|nu|nul|null)$/;

function isWord(character: string): boolean {
  return !/[\s,:\ufeff]/.test(character);
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s,:"[\]{}]/.test(text[end] ?? "")) end++;
  return end;
}

/** The place of the closing quote; of a string that is cut, the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function isMember(text: string, end: number): boolean {
  for (let at = end + 1; at < text.length; at++) {
    const character = text[at];
    if (character !== " " && character !== "\n" && character !== "\t" && character !== "\r") return character === ":";
  }
  return false;
}

/** The same for a value that stood in this member. */
export function maskedValue(value: unknown, member = ""): string {
  const text = maskJson(JSON.stringify({ [member]: value }));
  return text === "{}" ? "none" : text.slice(JSON.stringify(member).length + 2, -1);
}
