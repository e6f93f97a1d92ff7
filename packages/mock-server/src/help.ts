import { shownFlags } from "./options.ts";
import { proxyFlags } from "./proxy/proxy-line.ts";

/** The text of `--help`, which fits on a screen, or of `--help-all`. */
export function help(extent: "short" | "all"): string {
  const lines = (flags: Readonly<Record<string, { help: string; text: string }>>): string =>
    Object.values(flags)
      .map(({ help: usage, text }) => `  ${usage.padEnd(31)}${text}\n`)
      .join("");
  const ofProxy = `
With --proxy; credentials go to that kubelet only, and never over plain HTTP
${lines(proxyFlags)}`;
  return `mock-kubelet [options]

Serves the examples of the kubelet spec. / lists them; /_mock/ has the scenarios and the last requests.
Ask for one with the header "Prefer: code=404, example=unknown-pod, delay=250", or with the query
"?__code=404&__example=unknown-pod".

${lines(shownFlags)}${extent === "all" ? ofProxy : ""}
Examples
  mock-kubelet --kubernetes-version 1.30 --port 0 --http
  mock-kubelet --scenario scenarios.yaml --watch --seed 7
  mock-kubelet --proxy https://node-1:10250 --token-file token --certificate-authority ca.crt --har pods.har
  curl --insecure --header "Prefer: dynamic, seed=7" https://127.0.0.1:10250/configz

Exit codes: 0 stopped, 1 recording not whole, 2 could not start.
`;
}
