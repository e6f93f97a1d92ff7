type Value = string | number | readonly string[] | { readonly [name: string]: Value };

/** Lines longer than this are folded at the next space. */
const bestWidth = 80;

/** An object as sigs.k8s.io/yaml writes it: members sorted by name, two blanks of indentation, lists not indented. */
export function toYaml(object: Readonly<Record<string, Value>>, indent = ""): string {
  return Object.entries(object)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const start = `${indent}${name}:`;
      if (typeof value === "string") return `${start} ${scalar(value, start.length + 1, `${indent}  `)}\n`;
      if (typeof value === "number") return `${start} ${value}\n`;
      if (isList(value)) return `${start}\n${value.map((item) => `${indent}- ${scalar(item, 0, indent)}\n`).join("")}`;
      if (Object.keys(value).length === 0) return `${start} {}\n`;
      return `${start}\n${toYaml(value, `${indent}  `)}`;
    })
    .join("");
}

function isList(value: Exclude<Value, string | number>): value is readonly string[] {
  return Array.isArray(value);
}

/** Double quotes around what would be read as no text, single ones around what has a meaning in YAML. */
function scalar(text: string, column: number, indent: string): string {
  if (looksLikeOther.test(text)) return `"${text}"`;
  const isPlain = !/^[#,[\]{}&*!|>'"%@`]|^[-?:](?: |$)|:(?: |$)| #|^ | $/.test(text);
  const quote = isPlain ? "" : "'";
  return fold(`${quote}${isPlain ? text : text.replaceAll("'", "''")}${quote}`, column, indent);
}

/** Null, a boolean (of YAML 1.1), a number, a time. */
const looksLikeOther =
  /^(?:|~|null|true|false|yes|no|on|off|y|n|[-+]?(?:\d[\d_]*|0x[\da-f_]+|0b[01_]+)|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?\.inf|\.nan|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?)$/i;

function fold(text: string, column: number, indent: string): string {
  let [folded, at] = ["", column];
  for (const [index, word] of text.split(" ").entries()) {
    const isOver = at > bestWidth;
    if (index > 0) folded += isOver ? `\n${indent}` : " ";
    at = (isOver ? indent.length : at + Number(index > 0)) + word.length;
    folded += word;
  }
  return folded;
}
