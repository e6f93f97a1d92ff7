import type { Subject } from "./subject.ts";

/** Whether device plugins can register. */
export async function getHealthzDevicePlugin({ client }: Subject) {
  const { response, error } = await client.GET("/healthz/device-plugin");
  if (error) throw error;
  return response.ok;
}
