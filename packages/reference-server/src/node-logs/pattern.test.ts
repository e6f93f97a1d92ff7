import { expect, test } from "vitest";
import { patternProblem } from "./pattern.ts";

// As real kubelets of 1.30 to 1.37 answered.
test.each([
  ["(", "missing closing ): `(`"],
  ["((", "missing closing ): `((`"],
  ["[", "missing closing ]: `[`"],
  ["[a", "missing closing ]: `[a`"],
  ["*", "missing argument to repetition operator: `*`"],
  ["+a", "missing argument to repetition operator: `+`"],
  ["a|*", "missing argument to repetition operator: `*`"],
  ["a)", "unexpected ): `a)`"],
  ["a**", "invalid nested repetition operator: `**`"],
  ["x{2}{3}", "invalid nested repetition operator: `{2}{3}`"],
  ["a{2,1}", "invalid repeat count: `{2,1}`"],
  ["a{1001}", "invalid repeat count: `{1001}`"],
  ["(x{100}){100}", "invalid repeat count: `{100}`"],
  ["\\", "trailing backslash at end of expression: ``"],
  ["\\8", "invalid escape sequence: `\\8`"],
  ["\\C", "invalid escape sequence: `\\C`"],
  ["\\xZZ", "invalid escape sequence: `\\xZZ`"],
  ["\\x{110000}", "invalid escape sequence: `\\x{110000`"],
  ["\\x{10FFFFF}", "invalid escape sequence: `\\x{10FFFFF`"],
  ["\\x{12345678}", "invalid escape sequence: `\\x{123456`"],
  ["\\x{}", "invalid escape sequence: `\\x{}`"],
  ["a\udcffb", "invalid UTF-8: `\udcffb`"],
  ["[a\udcff]", "invalid UTF-8: `\udcff]`"],
  ["[a-\\d]", "invalid escape sequence: `\\d`"],
  ["(?=a)", "invalid or unsupported Perl syntax: `(?=`"],
  ["(?z)a", "invalid or unsupported Perl syntax: `(?z`"],
  ["(?P=n)", "invalid or unsupported Perl syntax: `(?P`"],
  ["(?", "invalid or unsupported Perl syntax: `(?`"],
  ["(?P<n", "invalid named capture: `(?P<n`"],
  ["(?<!a)", "invalid named capture: `(?<!a)`"],
  ["[z-a]", "invalid character class range: `z-a`"],
  ["[[:foo:]]", "invalid character class range: `[:foo:]`"],
  ["\\pX", "invalid character class range: `\\pX`"],
])("refuses %s", (pattern, problem) => {
  expect(patternProblem(pattern)).toBe(problem);
});

test.each([
  "",
  "a.*b|c+?",
  "(?i)a",
  "(?<n>a)",
  "(?P<n>a)(?P<n>b)",
  "a{,2}",
  "x{1,1000}",
  "\\Qa",
  "\\p{Greek}",
  "[]a-]",
  "[[:^alpha:]\\d]",
  "\\x{10FFFF}",
  "\\x{0000041}",
])("takes %s", (pattern) => {
  expect(patternProblem(pattern)).toBeUndefined();
});
