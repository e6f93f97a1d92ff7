import type { RecordedRequest } from "./recording.ts";

/**
 * Which part of a container's log a request gets: the same in every run; as many of the lines written again and again as there were (`growing`); a
 * number of bytes that begins or ends where it happens to (`cut`); or all or nothing, by how old the log is (`recent`).
 */
export type PartOfLog = "fixed" | "growing" | "cut" | "recent";

/** Undefined for a request that is not for a log. */
export function partOfLog({ path }: RecordedRequest): PartOfLog | undefined {
  if (!path.startsWith("/containerLogs/")) return undefined;
  const query = new URLSearchParams(path.split("?")[1]);
  const isFollowed = query.has("follow");
  const hasTail = /^\d/.test(query.get("tail") || (query.get("tailLines") ?? ""));
  if (query.has("limitBytes"))
    return hasTail || isFollowed || query.has("timestamps") || query.has("sinceTime") || query.has("sinceSeconds") ? "cut" : "fixed";
  if (query.has("sinceSeconds")) return "recent";
  return hasTail && !isFollowed ? "fixed" : "growing";
}
