import type { KubeletClient } from "@kubelet-conformance/client";

/** The kubelet that an example is about, and a running container on its node. */
export interface Subject {
  client: KubeletClient;
  namespace: string;
  pod: string;
  uid: string;
  container: string;
  /** A port of the pod behind which a web server listens. */
  port: number;
}
