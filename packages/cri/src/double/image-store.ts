import { createHash } from "node:crypto";

/** An image that the double holds. */
export interface HeldImage {
  /** `sha256:` and 64 hex digits. */
  readonly id: string;
  /** The name it was asked for by. */
  readonly name: string;
  /** Bytes. */
  readonly size: bigint;
}

/** Images by name or id: every name exists, except those that mean absence and those removed. */
export interface ImageStore {
  /** The directory that images and containers are said to lie in. */
  readonly directory: string;
  /** The image of this name or id; undefined when absent. */
  find(reference: string): HeldImage | undefined;
  /** Images seen so far, oldest first. */
  list(): HeldImage[];
  /** Brings a removed image back. Undefined for names that mean absence. */
  pull(name: string): HeldImage | undefined;
  remove(reference: string): void;
}

/** `localhost/absent:1`, `absent`, `registry.example/team/absent@sha256:...`: never present, never pulled. */
const MEANS_ABSENT = /(^|\/)absent([:@]|$)/;

/** Held from the start, with the id that the image of the recorded node has. */
const BUSYBOX: HeldImage = {
  id: "sha256:ad00246f65a6d67e75c523b8fd29d6238375a271129901981a7b35b57b8fc89c",
  name: "localhost/busybox:1",
  size: 2_140_672n,
};

export function createImageStore(directory: string): ImageStore {
  const byName = new Map<string, HeldImage>([[BUSYBOX.name, BUSYBOX]]);
  const removed = new Set<string>();

  function byId(id: string): HeldImage | undefined {
    return [...byName.values()].find((image) => image.id === id);
  }

  function find(reference: string): HeldImage | undefined {
    const known = byName.get(reference) ?? byId(reference);
    if (known !== undefined) return known;
    if (reference === "" || reference.startsWith("sha256:")) return undefined;
    if (MEANS_ABSENT.test(reference) || removed.has(reference)) return undefined;
    const image = reference === BUSYBOX.name ? BUSYBOX : invent(reference);
    byName.set(reference, image);
    return image;
  }

  return {
    directory,
    find,
    list: () => [...byName.values()],
    pull(name) {
      removed.delete(name);
      return find(name);
    },
    remove(reference) {
      const image = byName.get(reference) ?? byId(reference);
      if (image === undefined) return;
      byName.delete(image.name);
      removed.add(image.name);
    },
  };
}

function invent(name: string): HeldImage {
  return {
    id: `sha256:${createHash("sha256").update(name).digest("hex")}`,
    name,
    size: 1_048_576n,
  };
}
