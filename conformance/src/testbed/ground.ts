import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Authority, createAuthority } from "@kubelet-conformance/control-plane";
import { makeTemporaryDirectory, TemporaryDirectoryError } from "@kubelet-conformance/reference-server/temporary-directory";
import { temporaryPrefix } from "./isolation/setup.ts";
import type { WireClient } from "../target/wire.ts";
import { manifestWith, podImage } from "./pod.ts";
import { identityNames } from "./scenarios.ts";

/** What all scenarios of one testbed stand on: a private directory, an authority, users. */
export interface Ground {
  /** Private (0700); removed by `remove`, when the process ends without it, and where SIGKILL ended that, at the next start. */
  directory: string;
  manifests: string;
  /** What the pods' containers run. */
  image: string;
  authority: Authority;
  clientAuthorityFile: string;
  serving: { certificateFile: string; keyFile: string };
  administrator: WireClient;
  /** Bearer tokens, made up for this testbed. */
  identities: Readonly<Record<string, Identity>>;
  remove(): Promise<void>;
}

export interface Identity extends WireClient {
  token: string;
  user: string;
}

export interface GroundOptions {
  /** A directory that ends with its namespaces, hence is not removed. Default: a temporary one. */
  directory?: string;
  /** The image of the pod. Default one that the runtime double holds. */
  image?: string | undefined;
}

/** Throws a TemporaryDirectoryError. */
export async function prepareGround({ directory: given, image = podImage }: GroundOptions = {}): Promise<Ground> {
  const directory = given ?? (await makeTemporaryDirectory(temporaryPrefix));
  const removeNow = (): void => {
    if (given === undefined) rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", removeNow);
  const remove = async (): Promise<void> => {
    process.off("exit", removeNow);
    if (given === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    return { ...(await fill(directory, image)), directory, remove };
  } catch (error) {
    await remove();
    // Of all that is done here, only writing asks the system.
    throw error instanceof Error && "syscall" in error ? new TemporaryDirectoryError(error) : error;
  }
}

async function fill(directory: string, image: string): Promise<Omit<Ground, "directory" | "remove">> {
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
    file("manifests/pod.json", manifestWith(image)),
  ]);
  return {
    manifests,
    image,
    authority,
    clientAuthorityFile,
    serving: { certificateFile, keyFile },
    administrator: { name: "credentials", user: "kubelet-testbed-admin", certificate: administrator },
    identities: Object.fromEntries(identityNames.map((name) => [name, identity(name)])),
  };
}

function identity(name: string): Identity {
  // Ends in the name: some deviations of the reference kubelet are about one identity only.
  const token = `${randomBytes(16).toString("hex")}-${name}`;
  return { name: `identity:${name}`, user: `u-${name}`, token, authorization: `Bearer ${token}` };
}
