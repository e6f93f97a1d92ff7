import { requirements } from "@kubelet-conformance/spec";
import type { Differential } from "../differential/differential.ts";
import type { RecordedExchange } from "../engine/record.ts";
import { resultHead, type Result, type Verdict, verdicts } from "../engine/verdicts.ts";
import type { Target } from "../target/target.ts";
import { buildReport, type Report, type ReportInput } from "./report.ts";

/** What a hostile kubelet puts wherever it can: an escape sequence of a terminal, and the markup of each kind of report. */
export const hostile =
  "\u001b[31m\u009b2J\u202e</pre><script>alert(1)</script>]]>&\"'`````|\r\n# ok 1\n  ...\nnot ok 7 # SKIP\n::error::x\u0000\ud800";

export const sampleTarget: Target = {
  server: "https://192.0.2.7:10250",
  kubernetesVersion: "v1.36.4",
  minor: "1.36",
  versionSource: "metrics",
  identities: {},
  facts: { checkpointGate: true, anonymous: false, authorization: "Webhook", runtime: ["ok"] },
  nodeName: "node1",
};

/** An answer in whose every part that a kubelet chooses this text stands. */
export function exchangeWith(text: string): RecordedExchange {
  return {
    request: { listener: "main", client: "credentials", method: "GET", target: "/healthz/ping", headers: [["Accept", "*/*"]] },
    response: { status: 404, reason: text, httpVersion: "1.1", headers: [["X-From-Kubelet", text]], body: text, bodyBytes: text.length },
    durationMs: 1.5,
  };
}

/** The first requirements of the catalogue, one for each of these verdicts. */
export function resultsOf(wanted: readonly Verdict[], text = "404 page not found"): Result[] {
  const catalogue = requirements().filter(({ level }) => level === "MUST");
  return wanted.map((verdict, index): Result => {
    const requirement = catalogue[(index * 7) % catalogue.length];
    if (!requirement) throw new Error("the catalogue is empty");
    const differs = verdict === "failed" || verdict === "warned" || verdict === "known-failure" || verdict === "suite-error";
    const explains = verdict !== "passed" && verdict !== "failed";
    return {
      ...resultHead(requirement),
      verdict,
      ...(differs ? { expected: "status 200", actual: `404 ${text}` } : {}),
      ...(explains ? { reason: `because of ${text}` } : {}),
      exchanges: verdict === "blocked" || verdict === "not-applicable" ? [] : [exchangeWith(text)],
      durationMs: 12.25,
    };
  });
}

/** A report with every verdict, every kind of end and leftovers; `text` is what the kubelet says. */
export function sampleReport(text?: string, change: Partial<ReportInput> = {}): Report {
  const results = resultsOf([...verdicts, "passed", "failed", "passed"], text);
  return buildReport({
    target: text === undefined ? sampleTarget : { ...sampleTarget, nodeName: text, kubernetesVersion: text },
    planned: results,
    results,
    leftovers: [`/var/lib/kubelet/checkpoints/checkpoint-${text ?? "web"}.tar`],
    startedAt: new Date(Date.UTC(2026, 10, 24)),
    stoppedAnswering: { during: ["health.check.ping"], seen: `connection refused ${text ?? ""}` },
    notRun: [
      {
        scenarios: ["gate-off"],
        code: "kubelet-exited",
        message: `it ended ${text ?? ""}`,
        detail: ["the last line", text ?? "of its log"],
      },
    ],
    ...change,
  });
}

/** A comparison in which the proxy explains a requirement and a header, and nothing explains another of each. */
export function sampleDifferential(text = "404 page not found"): Differential {
  const [one, other] = resultsOf(["passed", "failed"]);
  if (!one || !other) throw new Error("the catalogue is empty");
  const change = {
    id: "connection",
    title: "the client's connection ends at the API server, which has its own to the kubelet and frames requests and answers anew",
    sources: [],
  };
  const failed = { verdict: "failed", expected: "status 200", actual: text } as const;
  return {
    proxy: "https://192.0.2.1:6443/api/v1/nodes/node1/proxy",
    direct: "https://192.0.2.7:10250",
    compared: 10,
    alike: 8,
    differences: [
      { id: one.id, title: one.title, proxy: { verdict: "blocked", reason: text }, direct: { verdict: "passed" }, change },
      { id: other.id, title: other.title, proxy: { verdict: "passed" }, direct: failed, change: null },
    ],
    headers: [
      { name: "connection", kind: "removed", answers: 9, example: one.id, change },
      { name: `x-lost-${text}`, kind: "added", answers: 1, example: other.id, change: null },
    ],
    unexplained: 2,
  };
}
