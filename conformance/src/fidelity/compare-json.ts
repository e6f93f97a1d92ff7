export interface JsonDifference {
  /** E.g. `.items[0].status.phase`. */
  path: string;
  /** Undefined: the member is missing. */
  recorded: unknown;
  answered: unknown;
}

/** Every place where two JSON values differ, members' order included: Go writes it from the type, so it is the same in every run. */
export function compareJson(recorded: unknown, answered: unknown, path = ""): readonly JsonDifference[] {
  if (Array.isArray(recorded) && Array.isArray(answered)) return compareArrays(recorded, answered, path);
  if (isObject(recorded) && isObject(answered)) return compareObjects(recorded, answered, path);
  return Object.is(recorded, answered) ? [] : [{ path: path || ".", recorded, answered }];
}

function compareArrays(recorded: readonly unknown[], answered: readonly unknown[], path: string): readonly JsonDifference[] {
  const longer = recorded.length > answered.length ? recorded : answered;
  return longer.flatMap((_, index) => compareJson(recorded[index], answered[index], `${path}[${index}]`));
}

function compareObjects(
  recorded: Readonly<Record<string, unknown>>,
  answered: Readonly<Record<string, unknown>>,
  path: string,
): readonly JsonDifference[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(answered)]);
  const differences = [...names].flatMap((name) => compareJson(recorded[name], answered[name], `${path}.${name}`));
  if (differences.length > 0) return differences;
  const order = {
    recorded: Object.keys(recorded).join(" "),
    answered: Object.keys(answered).join(" "),
  };
  return order.recorded === order.answered ? [] : [{ path: `${path || "."} (order)`, ...order }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
