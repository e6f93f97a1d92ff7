import { readdir } from "node:fs/promises";
import { decodeBytes, encodeText } from "../http/bytes.ts";
import { escapePath } from "../http/target.ts";

/** http.dirList: a link per entry, sorted by the bytes of the names, links to directories not followed. Rejects with the system's error. */
export async function listDirectory(path: string, head: string): Promise<string> {
  const entries = await readdir(encodeText(path), { withFileTypes: true, encoding: "buffer" });
  const lines = entries
    .toSorted((a, b) => Buffer.compare(a.name, b.name))
    .map((entry) => decodeBytes(entry.name) + (entry.isDirectory() ? "/" : ""))
    .map((name) => `<a href="${reference(name)}">${escapeHtml(name)}</a>\n`);
  return `${head}${lines.join("")}</pre>\n`;
}

/** URL.String of a relative path: a colon in its first segment would make it a scheme. */
function reference(name: string): string {
  if (name === "*") return name;
  const path = escapePath(name);
  return path.split("/", 1)[0]?.includes(":") ? `./${path}` : path;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&#34;").replaceAll("'", "&#39;");
}
