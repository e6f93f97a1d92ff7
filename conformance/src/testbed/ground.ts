import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "@kubelet-conformance/control-plane";
import type { WireClient } from "../target/wire.ts";
import { podManifest } from "./pod.ts";
import { identityNames } from "./scenarios.ts";

/** What all scenarios of one testbed stand on: a private directory, an authority, users. */
export interface Ground {
  /** Private (0700); removed by `remove`, also when the process ends without it. */
  directory: string;
  manifests: string;
  clientAuthorityFile: string;
  serving: { certificateFile: string; keyFile: string; authority: string };
  administrator: WireClient;
  /** Bearer tokens, made up for this testbed. */
  identities: Readonly<Record<string, WireClient & { token: string; user: string }>>;
  remove(): Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  const directory = await mkdtemp(join(tmpdir(), "kubelet-testbed-"));
  const removeNow = (): void => rmSync(directory, { recursive: true, force: true });
  process.once("exit", removeNow);
  const remove = async (): Promise<void> => {
    process.off("exit", removeNow);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    return { ...(await fill(directory)), directory, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function fill(directory: string): Promise<Omit<Ground, "directory" | "remove">> {
  const authority = await createAuthority({ commonName: "kubelet-testbed" });
  const administrator = authority.issue({ commonName: "kubelet-testbed-admin", organizations: ["system:masters"], usage: "client" });
  const serving = authority.issue({ commonName: "testbed-node", names: ["127.0.0.1", "localhost"], usage: "server" });
  const manifests = join(directory, "manifests");
  await mkdir(manifests, { mode: 0o700 });
  const file = async (name: string, content: string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const [clientAuthorityFile, certificateFile, keyFile] = await Promise.all([
    file("ca.pem", authority.cert),
    file("serving.pem", serving.cert),
    file("serving-key.pem", serving.key),
    file("manifests/pod.json", JSON.stringify(podManifest)),
  ]);
  return {
    manifests,
    clientAuthorityFile,
    serving: { certificateFile, keyFile, authority: authority.cert },
    administrator: { name: "credentials", user: "kubelet-testbed-admin", certificate: administrator },
    identities: Object.fromEntries(identityNames.map((name) => [name, identity(name)])),
  };
}

function identity(name: string): WireClient & { token: string; user: string } {
  // Ends in the name: some deviations of the reference kubelet are about one identity only.
  const token = `${randomBytes(16).toString("hex")}-${name}`;
  return { name: `identity:${name}`, user: `u-${name}`, token, authorization: `Bearer ${token}` };
}
