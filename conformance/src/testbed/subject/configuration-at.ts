import { setTimeout as delay } from "node:timers/promises";
import { parseConfiguration } from "../../target/facts.ts";
import { createTransport } from "../../target/transport.ts";
import type { Ground } from "../ground.ts";

const attempts = 20;
const pauseMs = 100;

/** What a kubelet shows on /configz; undefined when it shows nothing there. Its port may open a little later than its node is there. */
export async function configurationAt(
  server: string,
  { authority, administrator }: Pick<Ground, "authority" | "administrator">,
  signal: AbortSignal,
): Promise<unknown> {
  const transport = createTransport({ server, tls: { ca: authority.cert } });
  try {
    for (let attempt = 0; attempt < attempts && !signal.aborted; attempt++) {
      const answer = await transport
        .send({ method: "GET", target: "/configz", listener: "main", client: administrator, signal })
        .catch(() => undefined);
      if (answer) return answer.status === 200 ? parseConfiguration(answer.body.toString()) : undefined;
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
    return undefined;
  } finally {
    transport.close();
  }
}
