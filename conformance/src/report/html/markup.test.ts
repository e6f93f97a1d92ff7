import * as fc from "fast-check";
import { expect, test } from "vitest";
import { heading, html, link } from "./markup.ts";

test("values are text, markup is markup, and what is missing is nothing", () => {
  const values = ["<a>", html`<b>&</b>`, undefined, 3];
  expect(html`<i>${values}</i>`.text).toBe("<i>&#60;a&#62;<b>&</b>3</i>");
  expect(heading(9, "x", 'a"b').text).toBe('<h6 id="a&#34;b">x</h6>');
});

test("links lead to pages of the web, and to nothing else", () => {
  expect(link("https://kubernetes.io/", "k").text).toBe('<a href="https://kubernetes.io/">k</a>');
  for (const url of ["javascript:alert(1)", "http://x/", "data:text/html,x", "//x", undefined]) expect(link(url, "k").text).toBe("k");
});

test("no text ends an element or an attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { text: made } = html`<p title="${text}">${text}</p>`;
      expect(made.match(/[<>"']/g)).toEqual(["<", '"', '"', ">", "<", ">"]);
      expect(made).not.toMatch(/&(?!#\d+;)/);
    }),
  );
});
