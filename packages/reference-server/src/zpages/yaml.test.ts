import { expect, test } from "vitest";
import { toYaml } from "./yaml.ts";

test("members are sorted, and texts quoted as go-yaml quotes them", () => {
  expect(
    toYaml({
      b: { z: "true", x: "10250", none: "", flow: "[]", plain: "a=b,c:d", colon: "a: b", star: "*", minus: "-1", dash: "- x" },
      a: ["/x", "~"],
      n: 7,
      o: {},
    }),
  ).toBe(
    `a:
- /x
- "~"
b:
  colon: 'a: b'
  dash: '- x'
  flow: '[]'
  minus: "-1"
  none: ""
  plain: a=b,c:d
  star: '*'
  x: "10250"
  z: "true"
n: 7
o: {}
`,
  );
});

test("a long text is folded behind the eightieth column", () => {
  const message = "only the following media types are accepted: application/json, application/yaml, text/plain";
  expect(toYaml({ message })).toBe(
    "message: 'only the following media types are accepted: application/json, application/yaml,\n  text/plain'\n",
  );
});
