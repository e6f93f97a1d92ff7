import { KubeconfigError } from "../kubeconfig-error.ts";
import { type Entry, section } from "./merge.ts";

/** The headers by which a kubeconfig's user acts as another; undefined: as nobody else. Throws KubeconfigError. */
export function impersonationOf({ file, content }: Entry): Record<string, string | string[]> | undefined {
  const { as: user, "as-uid": uid, "as-groups": groups, "as-user-extra": extra } = content;
  const others = [uid, groups, extra].some((value) => value !== undefined);
  if (typeof user !== "string" || user === "") {
    if (!others) return undefined;
    throw new KubeconfigError(file, 'the kubeconfig\'s user acts in groups of another, but not as one; add "as: NAME"');
  }
  return {
    "Impersonate-User": user,
    ...(typeof uid === "string" ? { "Impersonate-Uid": uid } : {}),
    ...(Array.isArray(groups) && groups.length > 0 ? { "Impersonate-Group": groups.map(String) } : {}),
    ...Object.fromEntries(
      Object.entries(section(extra)).map(([name, values]) => [
        `Impersonate-Extra-${encodeURIComponent(name)}`,
        [values].flat().map(String),
      ]),
    ),
  };
}
