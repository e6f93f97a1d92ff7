/** metav1.Time: RFC 3339, UTC, whole seconds. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** metav1.MicroTime: six digits behind the second. */
export function microTimestamp(milliseconds: number): string {
  const micros = Math.floor((milliseconds % 1) * 1000);
  return `${new Date(milliseconds).toISOString().slice(0, 23)}${String(micros).padStart(3, "0")}Z`;
}
