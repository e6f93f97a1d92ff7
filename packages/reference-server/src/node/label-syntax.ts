const nameForm = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const valueForm = `(${nameForm})?`;
const domainForm = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

const nameText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character" +
  examples(nameForm, "MyName", "my.name", "123-abc");
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character" +
  examples(valueForm, "MyValue", "my_value", "12345");
const domainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character" +
  examples(domainForm, "example.com");

/** What is wrong with the key of a label or taint: IsQualifiedName of the API machinery, its texts. */
export function keyProblems(key: string): string[] {
  const parts = key.split("/");
  if (parts.length > 2) return [`a qualified name ${nameText} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const [name = "", prefix] = parts.toReversed();
  return [
    ...(prefix === undefined ? [] : prefixProblems(prefix)),
    ...(name === "" ? ["name part must be non-empty"] : tooLong(name, 63).map((problem) => `name part ${problem}`)),
    ...(matches(nameForm, name) ? [] : [`name part ${nameText}`]),
  ];
}

/** What is wrong with the value of a label or taint: IsValidLabelValue, its texts. */
export function valueProblems(value: string): string[] {
  return [...tooLong(value, 63), ...(matches(valueForm, value) ? [] : [valueText])];
}

function prefixProblems(prefix: string): string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  return [...tooLong(prefix, 253), ...(matches(domainForm, prefix) ? [] : [domainText])].map((problem) => `prefix part ${problem}`);
}

function tooLong(text: string, most: number): string[] {
  return text.length > most ? [`must be no more than ${most} characters`] : [];
}

function matches(form: string, text: string): boolean {
  return new RegExp(`^${form}$`).test(text);
}

function examples(form: string, ...good: readonly string[]): string {
  return ` (e.g. ${good.map((example) => `'${example}', `).join(" or ")}regex used for validation is '${form}')`;
}
