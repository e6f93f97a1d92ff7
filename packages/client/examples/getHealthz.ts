import type { Subject } from "./subject.ts";

/** Whether every check passes; a failure's text says which does not. */
export async function getHealthz({ client }: Subject) {
  const { data, error } = await client.GET("/healthz", { params: { query: { verbose: "" } } });
  return error ? error.text : data;
}
