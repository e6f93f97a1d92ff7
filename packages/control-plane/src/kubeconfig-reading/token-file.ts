import { readFile } from "node:fs/promises";
import type { ApiCredentials } from "../api-server-access.ts";
import { KubeconfigError } from "../kubeconfig-error.ts";

/** A token in a file that somebody writes anew now and then, as kubelets do for their pods. What can't be read later leaves the last one in force. Throws KubeconfigError. */
export async function followTokenFile(path: string, namedBy: string): Promise<{ token: string; renew: () => Promise<ApiCredentials> }> {
  let token: string;
  try {
    token = (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new KubeconfigError(path, `this file, named by ${namedBy}, cannot be read`, { cause });
  }
  if (token === "") throw new KubeconfigError(path, `this file, named by ${namedBy}, is empty; it must hold a token`);
  return {
    token,
    renew: async () => {
      token = (await readFile(path, "utf8").catch(() => "")).trim() || token;
      return { token };
    },
  };
}
