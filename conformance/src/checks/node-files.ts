import { Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import type { Target } from "../target/target.ts";
import { headerOf } from "../target/wire.ts";

export interface Link {
  /** Path to ask for. */
  target: string;
  /** As a reader sees it; directories end with a slash. */
  name: string;
}

/** A listing: where it was asked for, and its HTML. */
export interface Listing {
  target: string;
  html: string;
}

/** A file among the node's logs. */
export interface NodeFile extends Link {
  /** When it was found; logs grow. */
  size: number;
}

/** What a directory holds. Fails the requirement when the answer is no listing. */
export async function listingOf(context: CheckContext, target: string): Promise<Listing> {
  const response = await context.read({ target, headers: { Accept: "*/*" } });
  const html = response.body.toString();
  if (response.status !== 200 || !html.includes("<pre>")) throw new Broken(`a listing on ${target}`, describeAnswer(response));
  return { target, html };
}

export function linksOf({ target, html }: Listing): Link[] {
  return [...html.matchAll(/^<a href="([^"]*)">(.*)<\/a>$/gm)].map(([, href = "", name = ""]) => ({
    target: new URL(href, `http://node${target}`).pathname,
    name: name.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&"),
  }));
}

const leastBytes = 4;
const mostBytes = 1024 * 1024;
const mostListings = 30;
const mostFiles = 30;
/** One search serves all checks of a run. */
const found = new WeakMap<Target, NodeFile>();

/** A file of moderate size and a plain name, looked for from the top. Not applicable when there is none. */
export async function someFile(context: CheckContext): Promise<NodeFile> {
  const known = found.get(context.target) ?? (await search(context));
  if (known === undefined) context.notApplicable("the node's logs hold no file of 4 bytes to 1 MiB that could be found soon");
  found.set(context.target, known);
  return known;
}

async function search(context: CheckContext): Promise<NodeFile | undefined> {
  const directories = ["/logs/"];
  let files = 0;
  for (let index = 0; index < Math.min(directories.length, mostListings); index++) {
    const response = await context.read({ target: directories[index] ?? "", headers: { Accept: "*/*" } });
    if (response.status !== 200 || !headerOf(response, "Content-Type")?.startsWith("text/html")) continue;
    for (const link of linksOf({ target: directories[index] ?? "", html: response.body.toString() })) {
      if (link.name.endsWith("/")) directories.push(link.target);
      else if (/^[\w.-]+$/.test(link.name) && files++ < mostFiles) {
        const size = await sizeOf(context, link.target);
        if (size !== undefined && size >= leastBytes && size <= mostBytes) return { ...link, size };
      }
    }
  }
  return undefined;
}

/** Undefined: it is no file that can be read. */
async function sizeOf(context: CheckContext, target: string): Promise<number | undefined> {
  const response = await context.read({ target, headers: { Range: "bytes=0-0", Accept: "*/*" } });
  const size = /^bytes 0-0\/(\d+)$/.exec(headerOf(response, "Content-Range") ?? "")?.[1];
  return response.status === 206 && size !== undefined ? Number(size) : undefined;
}
