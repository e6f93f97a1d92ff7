/** Texts that differ between two runs of one kubelet, and what each is reduced to. Order matters: longer ones first. */
const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g, "<64 hex>"],
  [/\{uid\}|(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])/g, "<uid>"],
  // Whole seconds and fractions stay apart: which of the two a field carries is part of its format.
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)/g, "<time with fraction>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)/g, "<time>"],
  [/\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \d{4}\b/g, "<date>"],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g, "<http date>"],
  // What the recorded container had counted to when it was asked.
  [/(?<=^|^<time with fraction> )tick \d+$/gm, "tick <count>"],
  // What separates the parts of an answer to several ranges.
  [/(?<![0-9a-f])[0-9a-f]{60}(?![0-9a-f])/g, "<boundary>"],
  [/\b\d+ hr \d\d min \d\d sec\b/g, "<uptime>"],
  [/\buptimeSeconds("?: ?)\d+/g, "uptimeSeconds$1<number>"],
  // What a process allocated, and where in its code.
  [/^heap profile: \d+: \d+ \[\d+: \d+\] (@ heap\/\d+\n)[^]*$/, "heap profile: <samples> $1"],
  [/^(goroutine|threadcreate) profile: total \d+\n[^]*$/, "$1 profile: <samples>"],
  [/^(go 1\.\d+ trace\0\0\0)[^]*$/, "$1<events>"],
  [/^goroutine \d+ \[running\]:\n[^]*$/, "<goroutines>"],
  [/^(--- (?:contention|mutex):\ncycles\/second=)\d+$/m, "$1<number>"],
  // The toolchain of the build is not the kubelet's doing.
  [/\bgo1\.\d+(?:\.\d+)?\b/g, "<go version>"],
  // Only /stats/summary is indented, and every number in it is a figure of the run.
  [/(?<="\w+": )-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, '"<number>"'],
  // DELETE /metrics/slis takes this family from /metrics/probes as well, and which port has that route is a race at the start of kubelets up to 1.29.
  [/^# HELP process_start_time_seconds .*\n# TYPE .*\nprocess_start_time_seconds .*\n/gm, ""],
];

/** Reduces everything that differs between two runs of one kubelet to its kind, e.g. a timestamp to `<time>`. */
export function normalize(text: string): string {
  return rules.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    normalizeProtobufText(normalizeDelimiters(text)),
  );
}

/** Each build of a Go program draws one or two spaces for the text of protocol buffers (internal/detrand). */
function normalizeProtobufText(text: string): string {
  return /^name:\s*"/.test(text) ? text.replace(/(?<!^ *) {2}(?=\S)/gm, " ").replace(/(?<=\bvalue: ?)[-+.\w]+/g, "<number>") : text;
}

/** statusz and flagz draw their delimiter at random (component-base zpages: `delimiters`). */
function normalizeDelimiters(text: string): string {
  if (text.startsWith("\nkubelet statusz\n")) {
    return text.replace(/^(Started|Up|Go version|Binary version|Emulation version|Paths)(?:: |[:= ]) /gm, "$1<delimiter> ");
  }
  if (/^\nkubelet flag[sz]\n/.test(text)) return text.replace(/^([a-z][a-z0-9-]*)(?:: |[:= ])/gm, "$1<delimiter>");
  return text;
}

/** Headers whose value is a number of the run. */
const volatileHeaders: ReadonlySet<string> = new Set(["process-start-time-unix"]);

/** A header's value, reduced in the same way. */
export function normalizeHeader(name: string, value: string): string {
  return volatileHeaders.has(name.toLowerCase()) && /^\d+$/.test(value) ? "<number>" : normalize(value);
}

/** Where things lie on this machine, and where they lay on the recorded node. Longer places come first. */
export type Places = readonly (readonly [here: string, there: string])[];

/** Replaces the places of this machine by those of the recorded node. */
export function relocate(text: string, places: Places): string {
  return places.reduce((result, [here, there]) => result.replaceAll(here, there), text);
}
