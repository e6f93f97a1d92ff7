import type { BehaviourValues } from "@kubelet-conformance/types";
import type { Stats } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, normalize } from "node:path/posix";
import { httpError, notRegistered } from "../http/answers.ts";
import { decodeBytes, encodeText } from "../http/bytes.ts";
import type { KubeletAnswer, KubeletRequest } from "../http/message.ts";
import { listDirectory } from "./directory-listing.ts";
import { notModified } from "./preconditions.ts";
import { serveContent } from "./serve-content.ts";

/** net/http's FileServer over a directory. */
export interface FileServer {
  root: string;
  behaviour: BehaviourValues["file-server"];
  /** How a listing begins. */
  listingHead: string;
}

/** Where a request points, apart from its conditions. */
export interface FileTarget {
  /** Decoded, from the root of the file server. */
  path: string;
  rawQuery: string;
}

/** http.serveFile. Dot segments lead no higher than the root; links are followed wherever they lead. */
export async function servePath(
  { path: given, rawQuery }: FileTarget,
  request: KubeletRequest,
  server: FileServer,
): Promise<KubeletAnswer> {
  const path = given.startsWith("/") ? given : `/${given}`;
  const redirect = (location: string): KubeletAnswer => ({
    status: 301,
    headers: [["Location", rawQuery === "" ? location : `${location}?${decodeBytes(Buffer.from(rawQuery, "latin1"))}`]],
    body: "",
  });
  if (path.endsWith("/index.html")) return redirect("./");
  const name = withoutSlash(normalize(path));
  // A name that no file can have, for filepath.Localize.
  const { invalidName } = server.behaviour;
  // oxlint-disable-next-line no-control-regex
  if (invalidName !== "open" && /[\0\udc80-\udcff]/u.test(name)) return invalidName === 404 ? notRegistered : serverError;
  const opened = await openEntry(join(server.root, name));
  if (!("handle" in opened)) return opened;
  const { handle, stats } = opened;
  const hasSlash = path.endsWith("/");
  if (stats.isDirectory()) {
    await handle.close();
    return hasSlash ? serveDirectory(name, stats, request, server) : redirect(`${lastOf(path)}/`);
  }
  if (hasSlash) {
    await handle.close();
    return redirect(`../${lastOf(path)}`);
  }
  return serveContent({ handle, name: lastOf(name), size: stats.size, modified: stats.mtime }, request, server);
}

async function serveDirectory(name: string, { mtime }: Stats, request: KubeletRequest, server: FileServer): Promise<KubeletAnswer> {
  const directory = join(server.root, name);
  const index = await openEntry(join(directory, "index.html"));
  if ("handle" in index) {
    if (!index.stats.isDirectory()) {
      const { size, mtime: modified } = index.stats;
      return serveContent({ handle: index.handle, name: "index.html", size, modified }, request, server);
    }
    await index.handle.close();
  }
  const modified = ["Last-Modified", mtime.toUTCString()] as const;
  if (notModified((header) => request.header(header), Math.floor(mtime.getTime() / 1000))) return { status: 304, headers: [], body: "" };
  try {
    const body = await listDirectory(directory, server.listingHead);
    return { status: 200, headers: [["Content-Type", "text/html; charset=utf-8"], modified], body };
  } catch {
    const { status, headers, body } = httpError(500, "Error reading directory");
    return { status, headers: [...headers, modified], body };
  }
}

const serverError = httpError(500, "500 Internal Server Error");
const forbidden = httpError(403, "403 Forbidden");

/** A path of net/http, byte for byte. */
async function openEntry(path: string): Promise<{ handle: FileHandle; stats: Stats } | KubeletAnswer> {
  try {
    const handle = await open(encodeText(path));
    return { handle, stats: await handle.stat() };
  } catch (error) {
    return await errorAnswer(path, error);
  }
}

/** http.toHTTPError, behind mapOpenError: below something that is no directory there is nothing. */
async function errorAnswer(path: string, error: unknown): Promise<KubeletAnswer> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return notRegistered;
  if (code === "EACCES" || code === "EPERM") return forbidden;
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    const found = await stat(parent).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) return notRegistered;
  }
  return serverError;
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

/** path.Base */
function lastOf(path: string): string {
  return basename(path) || "/";
}
