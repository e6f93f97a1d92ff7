import { systemCode } from "../errors.ts";
import type { WireError } from "../target/wire.ts";
import { type Finding, finding, pages, type Step } from "./finding.ts";

const onTheNode: Step[] = [
  { text: "on the node, see whether the kubelet runs, and why not", command: "systemctl status kubelet; journalctl -u kubelet -n 50" },
];

/** Why no connection came about. */
export function ofNoConnection(server: string, error: WireError): Finding {
  const { hostname, port } = new URL(server);
  const cause = systemCode(error.cause);
  if (error.code === "refused")
    return finding("to-do", "connection.refused", `nothing listens on ${server}`, [
      ...onTheNode,
      { text: "or correct the port: kubelets use 10250", link: pages.ports },
    ]);
  if (cause === "ENOTFOUND" || cause === "EAI_AGAIN")
    return finding("to-do", "connection.dns", `the name ${hostname} has no address here (${cause})`, [
      { text: "see which addresses the node has, and use one of them", command: "kubectl get nodes -o wide" },
    ]);
  if (error.code === "timeout" || cause === "ETIMEDOUT")
    return finding("to-do", "connection.timeout", `no connection to ${server}: ${error.message}; packets are lost on the way`, [
      {
        text: `let TCP port ${port || "443"} of the node through, in firewalls and security groups between here and there`,
        link: pages.ports,
      },
      { text: "see whether the node is up", command: "kubectl get nodes -o wide" },
    ]);
  if (error.code === "unreachable")
    return finding("to-do", "connection.no-route", `there is no way to ${hostname} from here (${cause ?? error.message})`, [
      { text: "see whether the address is the node's, and is meant to be reached from here", command: "kubectl get nodes -o wide" },
    ]);
  return finding("to-do", "connection.broken", `${server}: ${error.message}`, onTheNode);
}

/** Why a connection came to nothing. */
export function ofNoHandshake(server: string, error: WireError): Finding {
  const code = systemCode(error.cause) ?? "";
  if (error.code === "timeout") return silent(server, "the TLS handshake is not answered");
  if (error.code === "plain-http")
    return finding("to-do", "tls.plain-http", `${server} does not speak TLS`, [
      { text: "use the kubelet's main port, 10250 (10255 and 10248 are without TLS), or write http:// for a kubelet without TLS" },
    ]);
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(code))
    return finding("to-do", "tls.version", `${server} and this client have no TLS version or cipher in common (${code})`, [
      { text: "see tlsMinVersion and tlsCipherSuites in the kubelet's configuration", link: pages.kubeletConfiguration },
    ]);
  if (error.code === "reset")
    return finding("to-do", "connection.broken", `${server} closes the connection during the TLS handshake`, [
      ...onTheNode,
      { text: "or see what stands between: a proxy, a load balancer" },
    ]);
  return finding("to-do", "tls.handshake", `${server}: ${error.message}`, onTheNode);
}

/** The kubelet, or what stands there, takes connections and says nothing. */
export function silent(server: string, what: string): Finding {
  return finding("to-do", "connection.silent", `${server} takes connections, but ${what}`, [
    { text: "on the node, see what the kubelet is busy with", command: "journalctl -u kubelet -n 50; systemctl status kubelet" },
    { text: "if it hangs, restart it", command: "systemctl restart kubelet" },
  ]);
}
