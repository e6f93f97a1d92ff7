import { getSystemErrorMessage } from "node:util";

/** A system error as Go's syscall.Errno words it: `no such file or directory`. */
export function goErrorText(error: unknown): string {
  if (!(error instanceof Error) || !("errno" in error) || typeof error.errno !== "number") return String(error);
  // libuv and Go both tell what strerror tells, apart from these.
  const words: Readonly<Record<string, string>> = {
    EISDIR: "is a directory",
    ENAMETOOLONG: "file name too long",
    ELOOP: "too many levels of symbolic links",
  };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return words[code] ?? getSystemErrorMessage(error.errno);
}
