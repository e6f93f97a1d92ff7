import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExampleEntry, MockedOperation } from "../examples.ts";

/** What the listing needs to print commands that work. */
export interface ListingOptions {
  /** Where the mock is, e.g. `https://localhost:10250`. */
  url: string;
  kubernetesVersion: string;
  operations: readonly MockedOperation[];
}

/** Answers `/`: to browsers as a page, to others as JSON. */
export function answerListing(request: IncomingMessage, response: ServerResponse, options: ListingOptions): void {
  const isPage = request.headers.accept?.includes("text/html") ?? false;
  response.appendHeader("Vary", "Accept");
  response.setHeader("Content-Type", isPage ? "text/html; charset=utf-8" : "application/json");
  response.writeHead(200).end(isPage ? listingHtml(options) : `${JSON.stringify(listingJson(options), null, 2)}\n`);
}

/** The listing for programs: every operation and example, with a curl line each. */
function listingJson({ url, kubernetesVersion, operations }: ListingOptions): object {
  return {
    kubernetesVersion,
    operations: operations.map(({ operationId, method, path, summary, examples }) => ({
      operationId,
      method,
      path,
      summary,
      examples: examples.map((example) => ({
        code: example.code,
        ...(example.name === undefined ? {} : { example: example.name }),
        summary: example.summary,
        curl: curlLine(url, method, path, example),
      })),
    })),
  };
}

/** The same for browsers, without scripts. */
function listingHtml({ url, kubernetesVersion, operations }: ListingOptions): string {
  const sections = operations.map(({ operationId, method, path, summary, examples }) => {
    const rows = examples.map(
      (example) =>
        `<tr><td>${example.code}</td><td>${escape(example.name ?? "")}</td><td>${escape(example.summary)}</td><td><code>${escape(curlLine(url, method, path, example))}</code></td></tr>`,
    );
    return `<h2 id="${operationId}">${method} ${escape(path)}</h2>\n<p>${escape(summary)}</p>\n<table>\n<tr><th>code</th><th>example</th><th>when</th><th>ask for it</th></tr>\n${rows.join("\n")}\n</table>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mock-kubelet ${escape(kubernetesVersion)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #8885; padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
code { font-size: 0.85rem; user-select: all; overflow-wrap: anywhere; }
</style>
<h1>mock-kubelet, Kubernetes ${escape(kubernetesVersion)}</h1>
<p>Choose an answer with the header <code>Prefer: code=404, example=unknown-pod</code>, or with the query <code>?__code=404&amp;__example=unknown-pod</code>. <a href="/_mock/">Scenarios and last requests</a></p>
${sections.join("\n")}
</html>
`;
}

function curlLine(url: string, method: string, path: string, { code, name }: ExampleEntry): string {
  const insecure = url.startsWith("https:") ? " --insecure" : "";
  const request = method === "GET" ? "" : ` --request ${method}`;
  const wish = name === undefined ? `code=${code}` : `code=${code}, example=${name}`;
  return `curl --include${insecure}${request} --header 'Prefer: ${wish}' '${url}${filled(path)}'`;
}

function filled(path: string): string {
  return path
    .replace("{namespace}", "default")
    .replace("{pod}", "counter-lab-node")
    .replace("{uid}", "8a9ef2b5d3f64a0f8d1a4c1f5a3b7c90")
    .replace("{container}", "counter");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
