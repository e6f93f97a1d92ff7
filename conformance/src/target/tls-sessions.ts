import tls from "node:tls";

/** By what a connection is set up with, which is one object per target and identity. */
const sessions = new WeakMap<tls.ConnectionOptions, Buffer>();

/**
 * Connects, resuming the TLS session of an earlier connection where the server agrees: certificates are then not sent and verified again, which is most of
 * what a connection costs either side.
 */
export function connectTls(settings: tls.ConnectionOptions, place: tls.ConnectionOptions): tls.TLSSocket {
  const session = sessions.get(settings);
  if (session === undefined) return tls.connect({ ...place, ...settings }).on("session", (fresh) => void sessions.set(settings, fresh));
  const socket = tls.connect({ ...place, ...settings, session });
  // One that serves stays: to take over what each connection offers has its price. One that was of no use must not be tried for ever.
  const forget = (): void => void (sessions.get(settings) === session && sessions.delete(settings));
  socket.once("secureConnect", () => socket.isSessionReused() || forget());
  return socket.once("error", forget);
}
