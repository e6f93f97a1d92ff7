/** A container runtime as nodes name it. */
export interface ContainerRuntimeName {
  /** In front of `://`. */
  name: string;
  version: string;
}

/** What `nodeInfo.containerRuntimeVersion` names; undefined when it is not of the form `<name>://<version>`. */
export function readContainerRuntime(text: string): ContainerRuntimeName | undefined {
  const [, name, version] = /^([a-zA-Z0-9._-]+):\/\/(\S+)$/.exec(text) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** Endpoints by the runtime that serves them where nobody has chosen another: the table of setup/production-environment/container-runtimes. */
const endpoints = {
  containerd: /containerd\.sock$|containerd-containerd$/,
  "cri-o": /\/crio\.sock$/,
  // Docker Engine and Mirantis Container Runtime alike.
  "cri-dockerd": /cri-dockerd(\.sock)?$/,
  dockershim: /dockershim(\.sock)?$/,
} as const;

/** Who serves an endpoint. */
export type EndpointOwner = keyof typeof endpoints;

/** The runtime whose endpoint this is known to be; undefined: one that anybody may serve. */
export function endpointOwner(endpoint: string): EndpointOwner | undefined {
  const owners = Object.entries(endpoints) as [EndpointOwner, RegExp][]; // Object.entries widens the keys.
  return owners.find(([, pattern]) => pattern.test(endpoint))?.[0];
}
