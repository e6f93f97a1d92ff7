/** The private node that the testbed lives in: what `unshare` is told, and the script that furnishes the fresh namespaces. */

/** `root` needs real root; `user` is an unprivileged user namespace, in which whoever starts it is root. */
export type IsolationLevel = "root" | "user";

/** Everything of a testbed lies here: a tmpfs that nobody outside the namespaces sees, and that ends with them. */
export const testbedDirectory = "/var/lib/kubelet-testbed";

/** Of the directories of testbeds that lie in the machine's temporary directory. */
export const temporaryPrefix = "kubelet-testbed-";

/** From the documentation range (RFC 5737). A node address that is no loopback one keeps kubelets from looking up their host name. */
export const nodeAddress = "192.0.2.10";

/** Said by the script on standard error when /dev/kmsg cannot be opened. */
export const kmsgMarker = "cannot open /dev/kmsg";

export function unshareArguments(level: IsolationLevel, { network }: { network: boolean }): string[] {
  return [
    ...(level === "user" ? ["--user", "--map-root-user"] : []),
    "--mount",
    "--pid",
    "--uts",
    "--ipc",
    "--fork",
    "--kill-child",
    ...(network ? ["--net"] : []),
  ];
}

/**
 * What setupKernelTunables of pkg/kubelet/cm/container_manager_linux.go wants. Most of it is not namespaced, so a kubelet that runs as
 * root would change the machine; it reads these files instead, finds nothing to do, and could not write the rest.
 */
const kernelTunables: Readonly<Record<string, string>> = {
  "vm/overcommit_memory": "1",
  "vm/panic_on_oom": "0",
  "kernel/panic": "10",
  "kernel/panic_on_oops": "1",
  "kernel/keys/root_maxkeys": "1000000",
  "kernel/keys/root_maxbytes": "25000000",
};

/**
 * Runs in the fresh namespaces, then becomes the command in its arguments. Covers what kubelets write to at fixed paths, whatever
 * --root-dir says: /var/lib/kubelet (device plugins), /var/log (links to container logs), sysctls. /var/lib/kubelet need not exist, and
 * an ordinary user could not create it: so all of /var/lib is replaced by a directory that has its other entries bound back.
 */
export function setupScript(level: IsolationLevel, { network }: { network: boolean }): string {
  return `set -eu
${level === "root" ? `( : < /dev/kmsg ) 2>/dev/null || { echo "${kmsgMarker}" >&2; exit 1; }` : ""}
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /var/log
mkdir /var/log/lib
mount -t tmpfs -o mode=755 tmpfs /var/log/lib
for entry in /var/lib/* /var/lib/.[!.]*; do
  copy=/var/log/lib/\${entry##*/}
  case \${entry##*/} in kubelet | kubelet-testbed) continue ;; esac
  if [ -h "$entry" ]; then cp -P "$entry" "$copy"
  elif [ -d "$entry" ]; then mkdir "$copy"; mount --rbind "$entry" "$copy" 2>/dev/null || :
  elif [ -f "$entry" ]; then : > "$copy"; mount --bind "$entry" "$copy" 2>/dev/null || :
  fi
done
mkdir -m 700 /var/log/lib/kubelet /var/log/lib/kubelet-testbed /var/log/lib/kubelet-testbed/tmp
mkdir /var/log/lib/kubelet-testbed/sysctl
mount --rbind /var/log/lib /var/lib
umount -l /var/log/lib
rmdir /var/log/lib
hostname testbed-node 2>/dev/null || :
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
${Object.entries(kernelTunables).map(tunableLine).join("\n")}
${network ? `ip link set lo up\nip address add ${nodeAddress}/32 dev lo` : ""}
export TMPDIR=${testbedDirectory}/tmp
exec "$@"
`;
}

function tunableLine([name, value]: [string, string]): string {
  const file = `${testbedDirectory}/sysctl/${name.replaceAll("/", ".")}`;
  return `if [ -e /proc/sys/${name} ]; then echo ${value} > ${file}; mount --bind ${file} /proc/sys/${name}; fi`;
}
