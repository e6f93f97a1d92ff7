import { type Language, languages } from "@kubelet-conformance/spec";
import { UsageError } from "../errors.ts";

/**
 * The language to speak: `--lang`, else what the locale says (LC_ALL, LC_MESSAGES, LANG, in the order of POSIX), else English. A locale of
 * any other language is English, too; a flag of any other throws a UsageError.
 */
export function chooseLanguage(flag: string | undefined, environment: Record<string, string | undefined>): Language {
  if (flag !== undefined) {
    const found = readLocale(flag);
    if (!found) throw new UsageError("lang-unknown", `--lang ${flag}: write ${languages.slice(0, -1).join(", ")} or ${languages.at(-1)}`);
    return found;
  }
  const locale = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((value) => value);
  return readLocale(locale ?? "") ?? "en";
}

/** `zh`, `zh_CN.UTF-8` and `zh-Hans` are all Chinese. */
function readLocale(text: string): Language | undefined {
  const [name = ""] = text.toLowerCase().split(/[-_.@]/);
  return languages.find((language) => language === name);
}
