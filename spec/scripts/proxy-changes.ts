import type { ProxyChange } from "../src/proxy-changes.ts";
import type { Requirement } from "../src/requirement.ts";
import type { Vocabulary } from "../src/vocabulary.ts";
import { unknown } from "./names.ts";
import type { Problems } from "../src/sources/source-file.ts";
import { checkUnique, isPattern, readList } from "./terms.ts";

/** Reads what the node proxy changes and checks the names in it; `requirements` are all that there are. */
export function readProxyChanges(root: string, { needs }: Vocabulary, requirements: Requirement[], problems: Problems): ProxyChange[] {
  const list = readList<ProxyChange>(root, "proxy-changes.yaml", "proxy-changes", problems);
  checkUnique(list, problems);
  const ids = requirements.map(({ id }) => id);
  for (const [index, change] of list.entries.entries()) {
    const report = (member: string, position: number | string, text: string): void => {
      problems.push(`${list.file.at([index, member, position])}: ${change.id}: ${text}`);
    };
    change.requirements?.forEach((name, position) => {
      // With a broken file of requirements there may be none.
      if (ids.length === 0 || ids.some((id) => id === name || id.startsWith(`${name}.`))) return;
      report("requirements", position, `there is no requirement "${name}"; correct it or leave it out`);
    });
    const known = needs.map(({ id }) => id);
    change.needs?.forEach((need, position) => {
      if (!known.includes(need)) report("needs", position, unknown("need", need, known));
    });
    for (const member of ["methods", "paths"] as const) {
      const pattern = change.exchanges?.[member];
      if (pattern !== undefined && !isPattern(pattern))
        report("exchanges", member, `${member} is no ECMAScript regular expression; correct it`);
    }
  }
  return list.entries;
}
