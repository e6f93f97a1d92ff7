import type { Subject } from "./subject.ts";

/** Version and uptime, as an object; without that Accept it is text. From 1.32 with the gate ComponentStatusz, on by default later. */
export async function getStatusz({ client }: Subject) {
  const { data, error } = await client.GET("/statusz", {
    headers: { Accept: "application/json;g=config.k8s.io;v=v1beta1;as=Statusz" },
  });
  if (error) throw error;
  return data;
}
