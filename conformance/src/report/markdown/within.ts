import { say } from "../../messages/say.ts";

/** Joins as many parts as there is room for, in their order, and says how many are left out. */
export function joinWithin(mostBytes: number, parts: readonly string[]): string {
  const whole = parts.join("\n\n");
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const note = (left: number): string => say("{count} more parts have no room here; the html and json reports have them.", { count: left });
  let room = mostBytes - Buffer.byteLength(note(parts.length)) - 2;
  const kept: string[] = [];
  for (const part of parts) {
    room -= Buffer.byteLength(part) + 2;
    if (room < 0) break;
    kept.push(part);
  }
  return [...kept, note(parts.length - kept.length)].join("\n\n");
}
