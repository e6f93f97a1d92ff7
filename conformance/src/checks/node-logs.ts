import { answerClass, isOfClass } from "../engine/answers.ts";
import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { outlined, quoted } from "../engine/text.ts";
import { headerOf, type WireResponse } from "../target/wire.ts";
import { linksOf, listingOf, someFile } from "./node-files.ts";

/** `spec/requirements/node-logs.yaml`: what depends on the files that the node has. */
export const nodeLogs: AreaChecks<"node-logs"> = {
  "node-logs.list.sorted": async (context) => {
    const names = linksOf(await listingOf(context, "/logs/")).map(({ name }) => name.replace(/\/$/, ""));
    const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    if (names.join("\n") !== sorted.join("\n")) throw new Broken(sorted.join(", "), names.join(", "));
  },

  "node-logs.list.directories": async (context) => {
    const links = linksOf(await listingOf(context, "/logs/"));
    if (links.some(({ name }) => name.endsWith("/"))) return;
    for (const { target, name } of links.slice(0, 10)) {
      const response = await context.send({ target, headers: { Range: "bytes=0-0" } });
      if (response.status === 301) throw new Broken("a slash behind the names of directories", name);
    }
  },

  "node-logs.list.not-modified": async (context) => {
    const response = await context.send({ target: "/logs/", headers: { "If-Modified-Since": future } });
    if (response.status !== 304 || response.body.length > 0) throw new Broken("status 304 without a body", describeAnswer(response));
  },

  "node-logs.file.range": async (context) => {
    const { target } = await someFile(context);
    const whole = await range(context, target, "bytes=0-3");
    const part = await range(context, target, "bytes=1-2");
    expectPart(whole, /^bytes 0-3\/\d+$/, 4);
    expectPart(part, /^bytes 1-2\/\d+$/, 2);
    if (!whole.body.subarray(1, 3).equals(part.body))
      throw new Broken("bytes 1 and 2 of the file", outlined(part.body.toString("latin1"), whole.body.toString("latin1", 1, 3)));
  },

  "node-logs.file.range-suffix": async (context) => {
    const response = await range(context, (await someFile(context)).target, "bytes=-2");
    const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerOf(response, "Content-Range") ?? "")?.map(Number) ?? [];
    expectPart(response, /^bytes /, 2);
    if (last === undefined || size === undefined || last !== size - 1 || first !== size - 2) {
      throw new Broken("a Content-Range of the last two bytes", describeAnswer(response));
    }
  },

  "node-logs.file.range-open": async (context) => {
    const { target, size } = await someFile(context);
    const response = await range(context, target, `bytes=${size - 2}-`);
    const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerOf(response, "Content-Range") ?? "")?.map(Number) ?? [];
    if (response.status !== 206 || first !== size - 2 || last === undefined || total !== last + 1) {
      throw new Broken(`status 206 and the bytes from ${size - 2} on`, describeAnswer(response));
    }
  },

  "node-logs.file.range-past-end": async (context) => {
    const { target } = await someFile(context);
    const response = await range(context, target, "bytes=1000000000000-");
    const size = headerOf(response, "Content-Range") ?? "none";
    if (response.status !== 416 || !/^bytes \*\/\d+$/.test(size)) {
      throw new Broken(
        "status 416 and the size of the file in Content-Range",
        `${describeAnswer(response)}, Content-Range: ${quoted(size)}`,
      );
    }
  },

  "node-logs.file.range-malformed": async (context) => {
    const response = await range(context, (await someFile(context)).target, "bytes=3-1");
    if (response.status !== 416) throw new Broken("status 416", describeAnswer(response));
    if (response.body.toString() !== "invalid range\n") context.warn('"invalid range\\n"', quoted(response.body.toString()));
  },

  "node-logs.file.ranges": async (context) => {
    const { target } = await someFile(context);
    const start = await range(context, target, "bytes=0-3");
    const response = await range(context, target, "bytes=0-0,2-3");
    const boundary = /^multipart\/byteranges; boundary=(\S+)$/.exec(headerOf(response, "Content-Type") ?? "")?.[1];
    if (response.status !== 206 || boundary === undefined) {
      throw new Broken(
        "status 206 and a multipart/byteranges",
        `${describeAnswer(response)}, ${quoted(headerOf(response, "Content-Type") ?? "no type")}`,
      );
    }
    const bodies = response.body
      .toString("latin1")
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => part.slice(part.indexOf("\r\n\r\n") + 4, -2));
    const wanted = [start.body.toString("latin1", 0, 1), start.body.toString("latin1", 2, 4)];
    if (bodies.join("\n") !== wanted.join("\n"))
      throw new Broken(
        wanted.map((text) => outlined(text)).join(" and "),
        bodies.map((text, index) => outlined(text, wanted[index])).join(" and "),
      );
  },

  "node-logs.file.accept-ranges": async (context) => {
    const response = await range(context, (await someFile(context)).target, "bytes=0-1");
    if (headerOf(response, "Accept-Ranges") !== "bytes")
      throw new Broken("Accept-Ranges: bytes", String(headerOf(response, "Accept-Ranges")));
    const modified = headerOf(response, "Last-Modified");
    if (Number.isNaN(Date.parse(modified ?? ""))) throw new Broken("a Last-Modified", String(modified));
  },

  "node-logs.file.not-modified": async (context) => {
    const response = await context.send({ target: (await someFile(context)).target, headers: { "If-Modified-Since": future } });
    if (response.status !== 304 || response.body.length > 0) throw new Broken("status 304 without a body", describeAnswer(response));
  },

  "node-logs.file.modified-since": async (context) => {
    const headers = { "If-Modified-Since": past, Range: "bytes=0-2" };
    expectPart(await context.send({ target: (await someFile(context)).target, headers }), /^bytes 0-2\//, 3);
  },

  "node-logs.file.unmodified-since": async (context) => {
    await expectStatus(context, { "If-Unmodified-Since": past }, 412);
  },

  "node-logs.file.if-range": async (context) => {
    await expectStatus(context, { "If-Range": past, Range: "bytes=0-3" }, 200);
  },

  "node-logs.file.etag": async (context) => {
    await expectStatus(context, { "If-Match": '"kubelet-conformance"' }, 412);
  },

  "node-logs.file.trailing-slash": async (context) => {
    const { target, name } = await someFile(context);
    await expectRedirect(context, `${target}/`, `../${name}`);
  },

  "node-logs.file.below": async (context) => {
    const response = await context.send({ target: `${(await someFile(context)).target}/below` });
    if (!isOfClass(answerClass("route-missing"), response))
      throw new Broken('an answer of class "route-missing"', describeAnswer(response));
  },

  "node-logs.directory.no-slash": async (context: CheckContext) => {
    const links = linksOf(await listingOf(context, "/logs/"));
    // A name that is written in a URL as it is.
    const directory = links.find(({ name }) => /^[\w.-]+\/$/.test(name));
    if (!directory) context.notApplicable("the node's logs have no directory of a plain name");
    await expectRedirect(context, `${directory.target.slice(0, -1)}?a=b`, `${directory.name}?a=b`);
  },
};

const future = "Fri, 01 Jan 2999 00:00:00 GMT";
const past = "Fri, 01 Jan 1971 00:00:00 GMT";

function range(context: CheckContext, target: string, value: string): Promise<WireResponse> {
  return context.send({ target, headers: { Range: value } });
}

function expectPart(response: WireResponse, contentRange: RegExp, length: number): void {
  const found = headerOf(response, "Content-Range") ?? "no Content-Range";
  if (response.status === 206 && contentRange.test(found) && response.body.length === length) return;
  throw new Broken(
    `status 206, ${length} bytes and a Content-Range that matches ${contentRange}`,
    `${describeAnswer(response)}, ${quoted(found)}`,
  );
}

async function expectStatus(context: CheckContext, headers: Record<string, string>, status: number): Promise<void> {
  const response = await context.send({ target: (await someFile(context)).target, headers });
  if (response.status !== status) throw new Broken(`status ${status}`, describeAnswer(response));
}

async function expectRedirect(context: CheckContext, target: string, location: string): Promise<void> {
  const response = await context.send({ target });
  const found = headerOf(response, "Location");
  if (response.status === 301 && found === location) return;
  throw new Broken(`status 301 to ${location}`, `${describeAnswer(response)}${found === undefined ? "" : ` to ${quoted(found)}`}`);
}
