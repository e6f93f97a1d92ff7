import type { RunVerdict } from "../engine/verdicts.ts";
import type { Report } from "./report.ts";

/** What an endpoint badge of shields.io reads: https://shields.io/badges/endpoint-badge. */
export interface Badge {
  schemaVersion: 1;
  label: string;
  message: string;
  color: string;
  isError?: true;
}

const colors: Readonly<Record<RunVerdict, string>> = { conformant: "brightgreen", "not-conformant": "red", incomplete: "yellow" };
const words: Readonly<Record<RunVerdict, string>> = {
  conformant: "conformant",
  "not-conformant": "not conformant",
  incomplete: "incomplete",
};

export function toBadge({ suite, summary, differential, notTested }: Report): Badge {
  const { verdict, passed, failed, suiteError, warned, knownFailure } = summary;
  const unexplained = differential?.unexplained ?? 0;
  const decided = passed + failed + warned + knownFailure;
  return {
    schemaVersion: 1,
    label: `kubelet API ${suite.requirementSet}`,
    message: notTested
      ? "could not run"
      : `${words[verdict]}, ${passed} of ${decided} passed${unexplained > 0 ? `, ${unexplained} unexplained` : ""}`,
    color: colors[unexplained > 0 ? "not-conformant" : verdict],
    ...(suiteError > 0 || decided === 0 ? { isError: true } : {}),
  };
}
