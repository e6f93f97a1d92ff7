import type { KubeletState } from "../state.ts";
import { eventSamples } from "./event-samples.ts";
import type { Family, Sample } from "./exposition.ts";
import { identitySamples } from "./identity-samples.ts";
import { podSamples } from "./pod-samples.ts";
import { processSamples } from "./process-samples.ts";
import { type KubeletRow, kubeletTable, rowsAt } from "./tables.ts";

/** The samples of a family that this kubelet knows something about, by the family's name. */
export type KnownSamples = Readonly<Record<string, readonly Sample[]>>;

/** The families of /metrics: what this kubelet measures, and those of libraries linked into every kubelet as they look when idle. */
export async function kubeletFamilies(kubelet: KubeletState): Promise<Family[]> {
  const known: KnownSamples = {
    ...identitySamples(kubelet),
    ...eventSamples(kubelet),
    ...(await podSamples(kubelet)),
    ...(await processSamples(kubelet)),
  };
  const families = idleFamilies(kubelet.minor).map((family) => {
    const samples = known[family.name];
    return samples === undefined ? family : { ...family, samples };
  });
  return [...families, ...(kubelet.devices?.families() ?? []), ...kubelet.podResources.families()];
}

const idleByMinor = new Map<string, readonly Family[]>();

/** Made once per minor: the same objects in every scrape, so that they are written once, too. */
function idleFamilies(minor: string): readonly Family[] {
  const families =
    idleByMinor.get(minor) ??
    rowsAt(kubeletTable, minor).map((row) => ({ name: row.name, help: row.help, type: row.type, samples: row.live ? [] : idle(row) }));
  idleByMinor.set(minor, families);
  return families;
}

/** A family nothing has happened to. */
function idle({ type, bounds = [], quantiles = [], series = [{}] }: KubeletRow): Sample[] {
  if (type !== "histogram" && type !== "summary") return series.map((labels) => ({ labels, value: 0 }));
  return series.flatMap((labels) => [
    ...bounds.map((le) => ({ suffix: "_bucket", labels: { ...labels, le }, value: 0 })),
    ...(type === "histogram" ? [{ suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: 0 }] : []),
    ...quantiles.map((quantile) => ({ labels: { ...labels, quantile }, value: 0 })),
    { suffix: "_sum", labels, value: 0 },
    { suffix: "_count", labels, value: 0 },
  ]);
}
