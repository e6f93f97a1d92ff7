import { expect, it } from "vitest";
import { exposition } from "./exposition.ts";

const head = "# HELP a Help.\n# TYPE a gauge\n";

it("reads families with labels, timestamps and escapes", () => {
  const text = `${head}a{b="x\\"\\\\\\n",c=""} 1.5e+06 1795248269239\na NaN\n`;
  expect(exposition(text)).toEqual([
    {
      name: "a",
      help: "Help.",
      type: "gauge",
      samples: [
        { name: "a", labels: { b: 'x"\\\n', c: "" }, value: "1.5e+06", timestamp: "1795248269239" },
        { name: "a", labels: {}, value: "NaN", timestamp: undefined },
      ],
    },
  ]);
  expect(exposition("")).toEqual([]);
});

it.each([
  [`${head}a 1`, "line 3: the last line has no end"],
  [`${head}a 1\na 1\n`, "line 4: the series was there before: a 1"],
  [`${head}b 1\n`, "line 3: the sample is not of the family announced last: b 1"],
  [`${head}a_sum 1\n`, "line 3: the sample is not of the family announced last: a_sum 1"],
  [`${head}a one\n`, "line 3: not a sample: a one"],
  [`${head}a{b=x} 1\n`, "line 3: not a sample: a{b=x} 1"],
  [`${head}a{b="",b=""} 1\n`, 'line 3: not a sample: a{b="",b=""} 1'],
  [`${head}\n`, "line 3: not a sample: "],
  ["# TYPE a gauge\na 1\n", "line 1: no HELP in front of this TYPE: # TYPE a gauge"],
  ["# HELP a Help.\n# TYPE a number\n", "line 2: no such type: # TYPE a number"],
  [`${head}a 1\n${head}`, "line 5: the family was announced before: # TYPE a gauge"],
])("refuses %j", (text, message) => {
  expect(() => exposition(text)).toThrow(message);
});
