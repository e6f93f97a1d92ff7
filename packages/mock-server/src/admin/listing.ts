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
    operations: operations.map((operation) => ({
      operationId: operation.operationId,
      method: operation.method,
      path: operation.path,
      summary: operation.summary,
      examples: operation.examples.map((example) => ({
        code: example.code,
        ...(example.name === undefined ? {} : { example: example.name }),
        summary: example.summary,
        curl: curlLine(url, operation, example),
      })),
    })),
  };
}

/** The same for browsers, without scripts. */
function listingHtml({ url, kubernetesVersion, operations }: ListingOptions): string {
  const sections = operations.map((operation) => {
    const { operationId, method, path, summary, examples } = operation;
    const rows = examples.map(
      (example) =>
        `<tr><td>${example.code}</td><td>${escape(example.name ?? "")}</td><td>${escape(example.summary)}</td><td><code>${escape(curlLine(url, operation, example))}</code></td></tr>`,
    );
    return `<h2 id="${operationId}">${method} ${escape(path)}</h2>\n<p>${escape(summary)}</p>\n<table>\n<tr><th>code</th><th>example</th><th>when</th><th>ask for it</th></tr>\n${rows.join("\n")}\n</table>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>mock-kubelet ${escape(kubernetesVersion)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color-scheme: light dark; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #8885; padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
code { font-size: 0.85rem; user-select: all; }
@media (max-width: 45rem) { table, tbody, tr, td { display: block; } th { display: none; } td { border: 0; padding: 0; } tr { border-bottom: 1px solid #8885; } }
</style>
<main>
<h1>mock-kubelet, Kubernetes ${escape(kubernetesVersion)}</h1>
<p>Choose an answer with the header <code>Prefer: code=404, example=unknown-pod</code>, or with the query <code>?__code=404&amp;__example=unknown-pod</code>. <a href="/_mock/">Scenarios and last requests</a></p>
${sections.join("\n")}
</main>
</html>
`;
}

function curlLine(url: string, operation: MockedOperation, { code, name }: ExampleEntry): string {
  const insecure = url.startsWith("https:") ? " --insecure" : "";
  const request = operation.method === "GET" ? "" : ` --request ${operation.method}`;
  const wish = name === undefined ? `code=${code}` : `code=${code}, example=${name}`;
  return `curl --include${insecure}${request} --header 'Prefer: ${wish}' '${url}${filled(operation)}'`;
}

/** With the spec's examples for the parameters. */
function filled({ path, parameters }: MockedOperation): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const example = parameters.find((one) => one.name === name)?.example;
    return typeof example === "string" ? example : "x";
  });
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
