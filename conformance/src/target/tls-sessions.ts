import tls from "node:tls";

/** By what a connection is set up with, which is one object per target and identity, and by the protocol asked for. */
const sessions = new WeakMap<tls.ConnectionOptions, Map<string, Buffer>>();

/**
 * Connects, resuming the TLS session of an earlier connection where the server agrees, as connections of an agent do: certificates are then not sent and
 * verified again, which is most of what a connection costs either side.
 */
export function connectTls(
  settings: tls.ConnectionOptions,
  place: Required<Pick<tls.ConnectionOptions, "host" | "port">> & { ALPNProtocols: string[] },
): tls.TLSSocket {
  const known = sessions.get(settings) ?? new Map<string, Buffer>();
  sessions.set(settings, known);
  const key = place.ALPNProtocols.join();
  const session = known.get(key);
  const socket = tls.connect({ ...settings, ...place, ...(session ? { session } : {}) });
  socket.on("session", (fresh: Buffer) => void known.set(key, fresh));
  // A session that was of no use must not be tried for ever.
  if (session) socket.once("error", () => void (known.get(key) === session && known.delete(key)));
  return socket;
}
