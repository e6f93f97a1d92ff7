/** What is read of a list of pods. */
export interface PodList {
  items?: { metadata?: { name?: string; uid?: string }; spec?: { containers?: { name: string }[] } }[];
}

/** Undefined for a body that is no JSON object. */
export function parsePodList(body: string): PodList | undefined {
  try {
    const list: unknown = JSON.parse(body);
    // Every member is optional, so any object will do.
    return typeof list === "object" && list !== null ? list : undefined;
  } catch {
    return undefined;
  }
}
