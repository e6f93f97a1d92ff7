import { type ArchivePlace, archiveError, quoted } from "./archive-error.ts";

/**
 * The entry's name without `.` segments, double slashes and a trailing slash; `.` for the archive's root.
 * Throws ArchiveError `unsafe-name` when it is empty, absolute, leaves the archive or holds a NUL.
 */
export function safeName(name: string, place: ArchivePlace): string {
  const refuse = (reason: string): Error => archiveError("unsafe-name", { ...place, entry: name }, reason);
  if (name === "") throw refuse("the name is empty");
  if (name.includes("\0")) throw refuse("the name holds a NUL character");
  if (name.startsWith("/")) throw refuse("the name is an absolute path; do not unpack this archive");
  const segments = segmentsOf(name);
  if (segments.includes("..")) throw refuse("the name climbs out with ..; do not unpack this archive");
  return segments.length === 0 ? "." : segments.join("/");
}

/**
 * Throws ArchiveError `unsafe-link` when the link's target is empty, absolute, holds a NUL or lies outside the archive.
 * A symbolic link counts from its own directory, a hard link from the archive's root.
 */
export function checkLink(type: "symlink" | "link", name: string, target: string, place: ArchivePlace): void {
  const refuse = (reason: string): Error =>
    archiveError("unsafe-link", { ...place, entry: name }, `the link to ${quoted(target)} ${reason}`);
  if (target === "") throw refuse("has no target");
  if (target.includes("\0")) throw refuse("holds a NUL character");
  if (target.startsWith("/")) throw refuse("is absolute; do not unpack this archive");
  let depth = type === "symlink" ? segmentsOf(name).length - 1 : 0;
  for (const segment of segmentsOf(target)) {
    depth += segment === ".." ? -1 : 1;
    if (depth < 0) throw refuse("points outside the archive; do not unpack this archive");
  }
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}
