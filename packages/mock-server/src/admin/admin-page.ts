import { createHash } from "node:crypto";
import type { AdminState } from "./admin.ts";
import { script, style } from "./page-parts.ts";
import type { LoggedRequest } from "./request-log.ts";

/** The page asks nobody but this mock for anything, and nobody can put it in a frame. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src '${hash(style)}'`,
  `script-src '${hash(script)}'`,
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** The page for people: which scenario is on, and what was asked and answered. It works without scripts, too. */
export function adminPage(state: AdminState, requests: readonly LoggedRequest[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mock-kubelet ${escape(state.kubernetesVersion)}</title>
<style>${style}</style>
<main>
<h1>mock-kubelet, Kubernetes ${escape(state.kubernetesVersion)}</h1>
<p><a href="/">Every operation and example</a>${state.strict ? "; requests that break the spec are refused" : ""}</p>
${state.problem === undefined ? "" : `<p class="problem" role="alert">Kept the last good files: ${escape(state.problem)}</p>`}
<h2>Scenario</h2>
<form method="post" action="/_mock/scenario">
<fieldset>
<legend>Answer as</legend>
${choice("", "no scenario", "Each operation's usual answer", state.scenario === null)}
${state.scenarios.map(({ name, description, rules }) => choice(name, name, `${description}${progress(rules)}`, name === state.scenario)).join("\n")}
</fieldset>
<button>Switch</button>
</form>
<h2>Last requests</h2>
<form method="post" action="/_mock/reset"><button>Forget them, and begin the scenario anew</button></form>
<p><label class="live" hidden><input type="checkbox" id="live" checked> update by itself</label> <a href="/_mock/">Reload</a></p>
<ol id="requests" reversed>${requestItems(requests)}</ol>
</main>
<script>${script}</script>
</html>
`;
}

/** The items of the list of requests, the newest first. */
export function requestItems(requests: readonly LoggedRequest[]): string {
  if (requests.length === 0) return `<li class="none">None yet.</li>`;
  return requests
    .map(({ number, time, method, path, headers, status, relayedTo = "", because, delay, fault, bytesPerSecond, violations }) => {
      const wire = [
        delay === undefined ? "" : `after ${delay} ms`,
        bytesPerSecond === undefined ? "" : `${bytesPerSecond} bytes a second`,
        fault === undefined ? "" : `fault ${fault}`,
      ].filter((part) => part !== "");
      const wrong = violations.map((violation) => `<p class="violation">${escape(violation)}</p>`);
      const lines = Object.entries(headers).map(([name, value]) => `${escape(name)}: ${escape(value)}`);
      return `<li value="${number}"><p><code>${escape(method)} ${escape(path)}</code> <strong>${status ?? escape(relayedTo)}</strong></p>
<p>${[escape(because), ...wire].join(", ")} <time datetime="${time}">${time.slice(11, 23)}</time></p>
${wrong.join("\n")}<details><summary>Headers of request ${number}</summary><pre tabindex="0">${lines.join("\n")}</pre></details></li>`;
    })
    .join("\n");
}

function choice(value: string, name: string, description: string, checked: boolean): string {
  return `<p><label><input type="radio" name="scenario" value="${escape(value)}"${checked ? " checked" : ""}> <b>${escape(name)}</b></label> ${escape(description)}</p>`;
}

function progress(rules: AdminState["scenarios"][number]["rules"]): string {
  const given = rules.reduce((sum, rule) => sum + rule.given, 0);
  return `${rules.length === 1 ? " (1 rule" : ` (${rules.length} rules`}${given === 0 ? ")" : `, ${given} answered)`}`;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
