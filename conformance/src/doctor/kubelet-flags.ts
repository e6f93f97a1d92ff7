import { basename } from "node:path";
import type { NodeFiles } from "./node-path.ts";
import { type Finding, finding, pages } from "./finding.ts";

/** Where kubeadm, the packages and administrators write down how a kubelet is started. */
const files = ["/var/lib/kubelet/kubeadm-flags.env", "/etc/default/kubelet", "/etc/sysconfig/kubelet"];
const units = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

/** The minor from which on a kubelet does not start with this flag. */
const removedIn: Readonly<Record<string, number>> = {
  "network-plugin": 24,
  "network-plugin-mtu": 24,
  "cni-bin-dir": 24,
  "cni-cache-dir": 24,
  "cni-conf-dir": 24,
  "docker-endpoint": 24,
  "image-pull-progress-deadline": 24,
  "experimental-dockershim-root-directory": 24,
  "experimental-check-node-capabilities-before-mount": 24,
  "dynamic-config-dir": 24,
  "non-masquerade-cidr": 24,
  "really-crash-for-testing": 24,
  "experimental-kernel-memcg-notification": 25,
  "container-runtime": 27,
  "master-service-namespace": 27,
  "iptables-drop-bit": 31,
  "iptables-masquerade-bit": 31,
  "keep-terminated-pod-volumes": 31,
  "cloud-config": 34,
  "register-schedulable": 34,
  "pod-infra-container-image": 35,
};
/** No kubelet of a minor below this gets patches: a flag that is gone by then stands before the next upgrade. */
const longGone = 32;

/** A flag of the kubelet, and where it stands. */
export interface KubeletFlag {
  file: string;
  name: string;
  value: string;
}

/** Stands for a file where a flag is one of the kubelet that runs. */
const running = "the command line of the kubelet that runs";

/** The flags of the kubelet that runs; undefined: none does, or none is seen. */
export async function readRunningFlags(node: NodeFiles): Promise<KubeletFlag[] | undefined> {
  const processes = (await node.list("/proc")).filter(({ name }) => /^\d+$/.test(name));
  const lines = await Promise.all(
    processes.map(async ({ name }) => (await node.read(`/proc/${name}/cmdline`))?.toString().split("\0") ?? []),
  );
  const found = lines.find(([program = ""]) => /^kubelet(-v\d.*)?$/.test(basename(program)));
  return found && flagsIn(running, found.join(" "));
}

/** All flags that files of the node start its kubelet with. */
export async function readKubeletFlags(node: NodeFiles): Promise<KubeletFlag[]> {
  const dropIns = units.flatMap((directory) => [`${directory}/kubelet.service`]);
  const listed = await Promise.all(
    units.map(async (directory) =>
      (await node.list(`${directory}/kubelet.service.d`)).map(({ name }) => `${directory}/kubelet.service.d/${name}`),
    ),
  );
  const paths = [...files, ...dropIns, ...listed.flat()];
  const read = await Promise.all(paths.map(async (file) => flagsIn(file, (await node.read(file))?.toString() ?? "")));
  // /lib is /usr/lib on most nodes: what stands there is found twice.
  const seen = new Set<string>();
  return read.flat().filter(({ file, name }) => {
    const key = `${file.replace(/^\/usr\/lib\//, "/lib/")} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

function flagsIn(file: string, text: string): KubeletFlag[] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  return [...lines.join("\n").matchAll(/(?:^|[\s"'=])--([a-z][a-z0-9-]*)(?:[= ]([^\s"'-][^\s"']*))?/gm)].map(
    ([, name = "", value = ""]) => ({ file, name, value }),
  );
}

/** Flags that stand in the way of the kubelet, or of its next upgrade. */
export function ofKubeletFlags(flags: readonly KubeletFlag[], minor: number | undefined): Finding[] {
  const shim = flags.filter(
    ({ name, value }) =>
      (name === "container-runtime" && value === "docker") || (name.endsWith("endpoint") && value.includes("dockershim")),
  );
  const gone = flags.flatMap((flag) => {
    const { file, name } = flag;
    if (shim.includes(flag)) return [];
    const since = removedIn[name];
    return since === undefined
      ? []
      : [{ file, name, since, over: file === running ? false : minor === undefined ? since < longGone : minor >= since }];
  });
  return [
    ...shim.map(({ file, name, value }) =>
      finding("to-do", "files.dockershim-flags", `${file} starts the kubelet with dockershim: --${name}=${value}`, [
        { text: "write --container-runtime-endpoint with the new runtime's socket there instead", link: pages.toContainerd },
      ]),
    ),
    ...gone.map(({ file, name, since, over }) => {
      const what = over ? `a kubelet from 1.${since} on does not start with it` : `it is gone from 1.${since} on`;
      return finding(over ? "to-do" : "soon", "files.removed-flags", `${file} has --${name}: ${what}`, [
        { text: over ? "take it out" : "take it out before the kubelet is upgraded", link: pages.kubeletFlags },
      ]);
    }),
  ];
}

/** The value of a flag, wherever it stands. */
export function flagValue(flags: readonly KubeletFlag[], name: string): string | undefined {
  return flags.find((flag) => flag.name === name && flag.value !== "")?.value;
}
