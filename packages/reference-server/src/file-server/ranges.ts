export interface ByteRange {
  start: number;
  length: number;
}

/** A Range header that cannot be served; the text is the answer's. */
export interface RangeProblem {
  text: string;
  /** No range lies within the file. */
  isOutside: boolean;
}

const invalid: RangeProblem = { text: "invalid range", isOutside: false };
const outside: RangeProblem = { text: "invalid range: failed to overlap", isOutside: true };

/** http.parseRange: ranges that begin behind the end are left out while another one does not. */
export function parseRanges(header: string, size: number): readonly ByteRange[] | RangeProblem {
  if (!header.startsWith("bytes=")) return invalid;
  const ranges: ByteRange[] = [];
  let isOutside = false;
  for (const item of header.slice("bytes=".length).split(",").map(trim)) {
    if (item === "") continue;
    const dash = item.indexOf("-");
    const [start, end] = [trim(item.slice(0, Math.max(dash, 0))), trim(item.slice(dash + 1))];
    if (dash < 0 || !isNumber(start === "" ? end : start)) return invalid;
    if (start === "") {
      const length = Math.min(Number(end), size);
      ranges.push({ start: size - length, length });
    } else if (Number(start) >= size) {
      isOutside = true;
    } else {
      const last = end === "" ? size - 1 : isNumber(end) ? Number(end) : -1;
      if (Number(start) > last) return invalid;
      ranges.push({ start: Number(start), length: Math.min(last, size - 1) - Number(start) + 1 });
    }
  }
  return isOutside && ranges.length === 0 ? outside : ranges;
}

/** `bytes 0-3/20` */
export function contentRange({ start, length }: ByteRange, size: number): string {
  return `bytes ${start}-${start + length - 1}/${size}`;
}

/** strconv.ParseInt of a number that is not negative. */
function isNumber(text: string): boolean {
  return /^\+?\d{1,18}$/.test(text);
}

function trim(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}
