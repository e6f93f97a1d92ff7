import type { Target } from "../../target/target.ts";
import { createTransport } from "../../target/transport.ts";
import type { Scenario } from "../scenarios.ts";

/** Where a scenario wants it: lets the kubelet review one client, then lets the API server fail or go. */
export async function enterOutage(
  { apiServer }: Scenario,
  target: Target,
  authority: string,
  takeAway: (how: NonNullable<Scenario["apiServer"]>) => void | Promise<void>,
): Promise<void> {
  if (apiServer === undefined) return;
  const { reviewed } = target.identities;
  if (reviewed) {
    const transport = createTransport({ server: target.server, tls: { ca: authority } });
    try {
      // A kubelet that does not answer this is told so by the requirement about it.
      await transport.send({ method: "GET", target: "/stats/summary", listener: "main", client: reviewed }).catch(() => {});
    } finally {
      transport.close();
    }
  }
  await takeAway(apiServer);
}
