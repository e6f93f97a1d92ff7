/** Columns that a text takes on a terminal: East Asian wide characters take two, combining ones none. */
export function displayWidth(text: string): number {
  return [...segments.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);
}

/** The text, or its beginning and `…`, in at most so many columns. */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let room = columns - 1;
  for (const { segment } of segments.segment(text)) {
    room -= widthOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/** The text with blanks behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** The text with blanks before it, as numbers and their titles have. */
export function padColumnsStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}

/** Lines of at most so many columns, as far as words allow; Chinese and Japanese text breaks between any two characters that may be parted. */
export function wrapToWidth(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(wrappable) ?? []) {
    if (line !== "" && displayWidth(line + part.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

/** A character of Chinese or Japanese with what may not begin a line behind it, or a word; and the blanks that follow. */
const wrappable =
  /(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\u3001\u3002\u300d\u30fc\uff09\uff0c\uff1a\uff1b\uff1f)]*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\S)+) */gu;

/** What a reader takes for one character. */
const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

function widthOf(segment: string): number {
  if (/^[\p{Mark}\p{Control}\p{Format}]/u.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

/** Scripts, forms and symbols of https://www.unicode.org/reports/tr11/ with the property W or F. */
const wide =
  /^(?:[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u;
