/** How a node is registered, beside what the configuration says of it. */
export interface NodeOptions {
  /** Labels of --node-labels. They beat those that the kubelet gives its node itself. */
  labels?: Readonly<Record<string, string>>;
  /** Addresses of --node-ip, one, or one of each family. Default: the machine's. */
  ips?: readonly string[];
  /** --cloud-provider=external: a program in the cluster sets the addresses and takes the taint off. */
  externalCloudProvider?: boolean;
  /** --register-schedulable=false, which minors up to 1.33 know: the node starts cordoned. */
  unschedulable?: boolean;
}
