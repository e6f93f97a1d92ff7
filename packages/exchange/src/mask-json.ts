/** Which texts of a JSON document are shown. */
export interface MaskRules {
  /** Members whose texts say what a kubelet is and does, and nothing that a user put there. All other texts are hidden. */
  shown: ReadonlySet<string>;
  /** Below these the names are anybody's, too. */
  free: ReadonlySet<string>;
  /** Below these everything is shown. */
  open: ReadonlySet<string>;
}

/** What a report may show. */
export const reportRules: MaskRules = {
  shown: words(
    "apiVersion kind name generateName namespace uid resourceVersion creationTimestamp deletionTimestamp generation",
    "phase state status type reason code restartPolicy qosClass nodeName hostIP podIP ip containerID imageID image",
    "startedAt finishedAt startTime lastTransitionTime lastProbeTime lastUpdateTime protocol items",
    "time id interfaces mode cgroupDriver cpuManagerPolicy topologyManagerPolicy memoryManagerPolicy syncFrequency",
    "nodeStatusUpdateFrequency nodeStatusReportFrequency runtimeRequestTimeout cacheTTL cacheAuthorizedTTL cacheUnauthorizedTTL",
    "flushFrequency format hairpinMode resolvConf containerRuntimeEndpoint volumePluginDir staticPodPath binaryVersion emulationVersion goVersion",
  ),
  free: words("annotations labels matchLabels nodeSelector data stringData binaryData staticPodURLHeader flags"),
  open: words(),
};

/** What a recording keeps, so that a front-end can live on it: the pod's make-up, its labels and resources, and how the kubelet is configured. */
export const recordingRules: MaskRules = {
  shown: words(
    ...reportRules.shown,
    "imagePullPolicy dnsPolicy schedulerName serviceAccountName serviceAccount priorityClassName preemptionPolicy runtimeClassName hostname subdomain",
    "terminationMessagePath terminationMessagePolicy mountPath subPath volumeMode medium port scheme operator effect key topologyKey",
    "fieldPath resourceName signal claimName secretName optional restartPolicyRules allocatedResourcesStatus resource health paths",
    "address healthzBindAddress tlsCertFile tlsPrivateKeyFile tlsMinVersion tlsCipherSuites clientCAFile clusterDNS clusterDomain cgroupRoot",
    "kubeletCgroups systemCgroups systemReservedCgroup kubeReservedCgroup enforceNodeAllocatable providerID podLogsDir fileCheckFrequency",
    "httpCheckFrequency streamingConnectionIdleTimeout imageMinimumGCAge imageMaximumGCAge volumeStatsAggPeriod cpuCFSQuotaPeriod",
    "cpuManagerReconcilePeriod evictionPressureTransitionPeriod containerLogMaxSize containerLogMonitorInterval shutdownGracePeriod",
    "shutdownGracePeriodCriticalPods maxContainerRestartPeriod configMapAndSecretChangeDetectionStrategy topologyManagerScope",
  ),
  free: words("annotations data stringData binaryData staticPodURLHeader flags volumeAttributes options"),
  open: words(
    "labels matchLabels nodeSelector requests limits allocatedResources evictionHard evictionSoft evictionMinimumReclaim systemReserved kubeReserved",
  ),
};

function words(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

/** Stands for what is not shown. */
export const hidden = "[redacted]";

interface Level {
  /** The member that is being read. */
  member: string | undefined;
  /** Nothing below is shown. */
  isFree: boolean;
  /** Everything below is shown. */
  isOpen: boolean;
  isObject: boolean;
}

/** Whether a text is, or begins as, JSON with members. */
export function looksLikeJson(text: string): boolean {
  return /^[\s\ufeff\0]{0,64}[[{]/.test(text);
}

/** The same text with the JSON masked that is or begins in it. Default: for a report. */
export function maskText(text: string, rules = reportRules): string {
  const at = looksLikeJson(text) ? 0 : text.search(/[{[]\s{0,16}["{[]/);
  return at < 0 ? text : text.slice(0, at) + maskJson(text.slice(at), rules);
}

/** Replaces all texts of a JSON document but those that are known to be harmless; what it is made of stays. Takes a document that is cut or broken, too. */
function maskJson(text: string, { shown, free, open }: MaskRules): string {
  const levels: Level[] = [];
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const level = levels.at(-1);
    if (character === "{" || character === "[") {
      const isFree = level !== undefined && (level.isFree || (level.member !== undefined && free.has(level.member)));
      const isOpen = level !== undefined && !isFree && (level.isOpen || (level.member !== undefined && open.has(level.member)));
      if (levels.length >= deepest) return [...parts, text.slice(from, at), hidden].join("");
      levels.push({ member: character === "[" ? level?.member : undefined, isFree, isOpen, isObject: character === "{" });
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
      } else if (!level?.isOpen && (level?.isFree !== false || level.member === undefined || !shown.has(level.member))) {
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

/** No kubelet nests as deep; what does is there to fill the memory. */
const deepest = 1000;

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
  const text = maskJson(JSON.stringify({ [member]: value }), reportRules);
  return text === "{}" ? "none" : text.slice(JSON.stringify(member).length + 2, -1);
}
