/** A time zone that a scenario gives the kubelet's process. */
export interface TimeZone {
  /** In the database of time zones. */
  name: string;
  /** As RFC 3339 writes it. */
  offset: string;
  /** East of UTC. */
  minutes: number;
}

/** Far from UTC, never without minutes, and without daylight saving time. */
export const indiaTime: TimeZone = { name: "Asia/Kolkata", offset: "+05:30", minutes: 330 };

/**
 * The time zone as a file (RFC 9636, version 1), which Go programs take as `TZ=/path`: the machine, or what is seen of it, may have no database of
 * time zones, and Go would go on in UTC then without a word.
 */
export function timeZoneFile({ minutes }: TimeZone): Buffer {
  const abbreviation = "LMT\0";
  const header = Buffer.alloc(44);
  header.write("TZif");
  // One type of local time and no transition between types.
  header.writeUInt32BE(1, 36);
  header.writeUInt32BE(abbreviation.length, 40);
  const type = Buffer.alloc(6);
  type.writeInt32BE(minutes * 60);
  return Buffer.concat([header, type, Buffer.from(abbreviation)]);
}
