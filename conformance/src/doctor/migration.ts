import { pages, type Step } from "./finding.ts";

/** What to look at, and in which order, before a node leaves dockershim. */
export function migrationSteps(socketUsers: readonly string[] | undefined): Step[] {
  const users =
    socketUsers === undefined
      ? "look for pods that mount /var/run/docker.sock, call docker, or rest on Docker's configuration"
      : socketUsers.length > 0
        ? `give ${listed(socketUsers)} another way: they mount Docker's socket, which other runtimes do not have`
        : "no pod of this node mounts Docker's socket; look for scripts on it that call docker, and for settings in /etc/docker/daemon.json (mirrors, proxies, log options)";
  return [
    { text: users, link: pages.affected },
    { text: "replace agents for telemetry and security that read from Docker by their versions for other runtimes", link: pages.agents },
    { text: "choose a runtime that speaks CRI: containerd, CRI-O, or Docker Engine through cri-dockerd", link: pages.runtimes },
    { text: "cordon and drain the node", link: pages.drain },
    {
      text: "take flags of dockershim (--network-plugin, --docker-endpoint) and --container-runtime out of the kubelet's command line, which ends a kubelet from 1.24 and 1.27 on",
      link: pages.toContainerd,
    },
    { text: "change it to containerd", link: pages.toContainerd },
    { text: "or keep Docker Engine, through cri-dockerd", link: pages.toCriDockerd },
    { text: "if the node is not ready afterwards, look at its CNI plugins, which dockershim used to set up", link: pages.cni },
    { text: "see the new runtime in the node's status, then upgrade its kubelet", link: pages.findOut },
  ];
}

const shown = 5;

function listed(names: readonly string[]): string {
  const first = names.slice(0, shown).join(", ");
  return names.length > shown ? `${first} and ${names.length - shown} more` : first;
}
