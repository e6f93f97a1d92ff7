import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import type { LaunchFlag } from "../target/cluster.ts";
import { lastLine, launchedNode, launchOf, refusalOf } from "./node-object.ts";

const nobodys = "unix:///nonexistent/runtime.sock";

/** `runtime.flags.*`: how a kubelet is told which runtime is its own, and is no longer told. */
export const flagChecks = {
  "runtime.flags.endpoint": async (context) => {
    // One that ends in any case says nothing of its flags.
    await launchedNode(context, {});
    const outcome = await launchOf(context).start({ flags: { "container-runtime-endpoint": nobodys } });
    if (!outcome.ended) throw new Broken(`a kubelet that ends, since nothing answers at ${nobodys}`, "it goes on");
    if (outcome.calls.length > 0) throw new Broken("no call of the runtime that the configuration names", outcome.calls.join(", "));
  },

  "runtime.flags.dockershim": (context) => refuses(context, "network-plugin", "cni"),
  "runtime.flags.container-runtime": (context) => refuses(context, "container-runtime", "remote"),
  "runtime.flags.sandbox-image-gone": (context) => refuses(context, "pod-infra-container-image", sandboxImage),

  "runtime.flags.sandbox-image": async (context) => {
    await launchedNode(context, { flags: { "pod-infra-container-image": sandboxImage } });
  },
} satisfies Partial<AreaChecks<"runtime">>;

const sandboxImage = "registry.k8s.io/pause:3.9";

/** A kubelet may end for many reasons: the reason that counts names the flag. */
async function refuses(context: CheckContext, name: LaunchFlag, value: string): Promise<void> {
  const message = await refusalOf(context, { flags: { [name]: value } });
  if (!message.includes(`--${name}`)) throw new Broken(`an end that names the flag --${name}`, lastLine(message));
}
