// Outside the spec for now: plain files and listings of the directory that stands for /var/log.
import { behaviour } from "@kubelet-conformance/types";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { notRegistered } from "../http/answers.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { sniffContentType } from "../http/sniff.ts";
import type { RouteHandler } from "./route-handler.ts";

/** GET /logs/ and /logs/{logpath:*}. */
export const getNodeLogs: RouteHandler = async ({ kubelet, target }) => {
  const segments = target.path.replace(/^\/logs\//, "").split("/");
  if (segments.includes("..")) return notRegistered;
  const path = join(kubelet.systemLogs, ...segments);
  try {
    const entry = await stat(path);
    if (!entry.isDirectory()) return await file(path, entry.mtime);
    if (target.path.endsWith("/")) return await listing(path, entry.mtime, behaviour("directory-listing-head", kubelet.minor));
    return { status: 301, headers: [["Location", `${segments.at(-1)}/`]], body: "" };
  } catch {
    return notRegistered;
  }
};

async function file(path: string, modified: Date): Promise<KubeletAnswer> {
  const body = await readFile(path);
  return {
    status: 200,
    headers: [
      ["Accept-Ranges", "bytes"],
      ["Content-Length", String(body.length)],
      ["Content-Type", sniffContentType(body)],
      ["Last-Modified", modified.toUTCString()],
    ],
    body,
  };
}

async function listing(path: string, modified: Date, head: string): Promise<KubeletAnswer> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).toSorted();
  const lines = names.map((name) => `<a href="${encodeURI(name)}">${escapeText(name)}</a>\n`).join("");
  return {
    status: 200,
    headers: [
      ["Content-Type", "text/html; charset=utf-8"],
      ["Last-Modified", modified.toUTCString()],
    ],
    body: `${head}${lines}</pre>\n`,
  };
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&#34;");
}
