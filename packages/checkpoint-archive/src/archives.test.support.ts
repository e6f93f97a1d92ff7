import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { ArchiveError } from "./archive-error.ts";
import type { ArchiveContainer } from "./dumps.ts";

export const sampleContainer: ArchiveContainer = {
  id: "38db6ff7b8d945d29484f7b5d7eae5a88407cde89cefa5bafb9691968925703a",
  name: "stamp",
  podName: "counter-lab-node",
  namespace: "default",
  podUid: "8f101d83fda368352e6fe5615fd40e98",
  image: "localhost/busybox:1",
  imageRef: "sha256:e9cec08637ce172e30204c61770c05b1138c49692e0beb6960aed6c900dd5e69",
};

/** A directory that goes away with the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "checkpoint-archive-"));
  onTestFinished(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  return directory;
}

export async function fileOf(...parts: Uint8Array[]): Promise<string> {
  const path = join(await temporaryDirectory(), "some.tar");
  await writeFile(path, Buffer.concat(parts));
  return path;
}

/** The code and message of the ArchiveError that this rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArchiveError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("expected an ArchiveError, but it resolved");
}

export interface RawHeader {
  name: string;
  type?: string;
  size?: number | string;
  linkname?: string;
  mode?: string;
}

/** A ustar header block, field by field, with no check of its sense; the checksum is right. */
export function header({ name, type = "0", size = 0, linkname = "", mode = "0000644" }: RawHeader): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100, "latin1");
  block.write(mode, 100, 8, "latin1");
  block.write("0000000", 108);
  block.write("0000000", 116);
  block.write(typeof size === "string" ? size : size.toString(8).padStart(11, "0"), 124, 12, "latin1");
  block.write("00000000000", 136);
  block.write(type, 156, 1, "latin1");
  block.write(linkname, 157, 100, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  return sealed(block);
}

/** The block with its checksum made right. */
export function sealed(block: Buffer): Buffer {
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** Content with the padding that follows it. */
export function body(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 511)]);
}

export function pax(records: Record<string, string>, type: "x" | "g" = "x"): Buffer {
  const content = Object.entries(records)
    .map(([key, value]) => paxRecord(key, value))
    .join("");
  return Buffer.concat([header({ name: "PaxHeader", type, size: Buffer.byteLength(content) }), body(content)]);
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (length !== Buffer.byteLength(`${length}${rest}`)) length += 1;
  return `${length}${rest}`;
}

/** The end-of-archive marker. */
export const end: Buffer = Buffer.alloc(1024);
