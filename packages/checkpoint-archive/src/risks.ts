import { isAbsolute, normalize } from "node:path";

import { listMember, member, textMember } from "./json-members.ts";

/** What an archive tells about secrets and about the host it comes from; names and paths only, never a value. */
export interface SpecRisks {
  /** Names of environment variables that look like secrets, sorted. */
  secretVariables: string[];
  /** Host paths that are bind-mounted and belong neither to the pod nor to its sandbox, sorted. A restore needs them. */
  hostPaths: { source: string; destination: string }[];
}

// Whole words of the name, so that PATH, KEYBOARD or PASSIVE are none.
const secretName =
  /(^|[_.-])(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|api_?key|(access|private|secret|signing|encryption|master)_?key|auth(orization)?|dsn)($|[_.-])/i;
const harmlessName = /^(PWD|OLDPWD|SSH_AUTH_SOCK)$/;
// scheme://user:password@host
const userInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s:]*:[^/@\s]+@/i;

/**
 * Reads the risks from `spec.dump`, an OCI runtime specification. `owners` are the ids that mark a path as the pod's own: the pod's uid,
 * the ids of sandbox and container. They come from the archive too, so what does not look like an id marks nothing.
 */
export function readRisks(spec: unknown, owners: readonly (string | null)[]): SpecRisks {
  const ids = owners.filter((owner) => owner !== null && /^[0-9a-f-]{8,}$/i.test(owner));
  const variables = strings(listMember(member(spec, "process"), "env")).flatMap((pair) => {
    const [, name, value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    return name !== undefined && !harmlessName.test(name) && (secretName.test(name) || userInUrl.test(value)) ? [name] : [];
  });
  const mounts = listMember(spec, "mounts").flatMap((mount) => {
    const source = textMember(mount, "source");
    const destination = textMember(mount, "destination");
    if (!isBind(mount) || source === null || destination === null || !isAbsolute(source)) return [];
    const segments = normalize(source).split("/");
    return segments.some((segment) => ids.includes(segment)) ? [] : [{ source, destination }];
  });
  return {
    secretVariables: [...new Set(variables)].toSorted(),
    hostPaths: mounts.toSorted((a, b) => (a.source < b.source ? -1 : 1)),
  };
}

function isBind(mount: unknown): boolean {
  const options = listMember(mount, "options");
  return member(mount, "type") === "bind" || options.includes("bind") || options.includes("rbind");
}

function strings(values: readonly unknown[]): string[] {
  return values.filter((item) => typeof item === "string");
}
