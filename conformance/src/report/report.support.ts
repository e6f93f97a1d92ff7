import { requirements } from "@kubelet-conformance/spec";
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
