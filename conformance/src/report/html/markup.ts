import { printableLines } from "../../engine/text.ts";

/** HTML that is safe to put into a page. Only `html` makes it. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
export type { Markup };

/** What may stand in HTML: text is escaped, markup is not, nothing is left out. */
export type Piece = Markup | string | number | undefined | readonly Piece[];

/** A template whose values are escaped, in text and in quoted attributes; what is unprintable in them is written out. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < values.length ? textOf(values[index]) : "")).join(""));
}

function textOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === "object") return piece.map(textOf).join("");
  return printableLines(String(piece)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Level of a heading, 1 to 6. */
export function heading(level: number, content: Piece, id?: string): Markup {
  const tag = new Markup(`h${Math.min(Math.max(Math.trunc(level), 1), 6)}`);
  return id === undefined ? html`<${tag}>${content}</${tag}>` : html`<${tag} id="${id}">${content}</${tag}>`;
}

/** A link where it leads to a page of the web, else its text. */
export function link(url: string | undefined, content: Piece): Markup {
  return url?.startsWith("https://") ? html`<a href="${url}">${content}</a>` : html`${content}`;
}
