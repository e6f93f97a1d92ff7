import { register, type RegistrationAnswer, type RegistrationDetails } from "@kubelet-conformance/device-plugin";
import { type AreaChecks, Broken, type Check, type CheckContext } from "../engine/check.ts";
import { quoted } from "../engine/text.ts";
import { accepted, resourceOf, shown, socketOf, withPlugin } from "./device-plugin-play.ts";

/** Codes of calls that were not decided by whoever was asked. */
const undecided: ReadonlySet<string> = new Set(["Unavailable", "DeadlineExceeded", "Canceled", "Unimplemented"]);

/** Who may register. */
export const registrationChecks = {
  "device-plugins.registration.accepted": (context) =>
    withPlugin(context, {}, async (plugin) => {
      // Plugins need not say anything of their options when they register.
      const { endpoint, resourceName } = plugin;
      const answer = await register(socketOf(context), { endpoint, resourceName }, { signal: context.signal });
      if (answer.code !== "OK") throw new Broken(`${resourceName} to be accepted`, shown(answer));
    }),
  "device-plugins.registration.version-alpha": refusing(["v1alpha1", "v1alpha2"].map(ofVersion)),
  "device-plugins.registration.version-later": refusing(["v1", "v1beta2"].map(ofVersion)),
  "device-plugins.registration.version-empty": refusing([ofVersion("")]),

  "device-plugins.registration.alpha-service": async (context) => {
    const about = { endpoint: "alpha.sock", resourceName: resourceOf(context), version: "v1alpha1" };
    const answer = await register(socketOf(context), about, { api: "v1alpha1", signal: context.signal });
    if (answer.code !== "Unimplemented") throw new Broken("Unimplemented", shown(answer));
    expectText(context, answer, "unknown service deviceplugin.Registration");
  },

  "device-plugins.registration.name-without-domain": refusing([named("foo")]),
  "device-plugins.registration.name-native": refusing(["foo.kubernetes.io/bar", "kubernetes.io/bar"].map(named)),
  "device-plugins.registration.name-requests": refusing([named("requests.example/bar")]),
  "device-plugins.registration.name-malformed": refusing(
    ["vendor.example/UPPER space", "vendor.example/a/b", "vendor.example/", "Vendor.example/a", `vendor.example/${"a".repeat(64)}`].map(
      named,
    ),
  ),
  "device-plugins.registration.name-empty": refusing([named("")]),

  "device-plugins.registration.name-forms": async (context) => {
    for (const type of ["Type-1_a.B", "1", `${"a".repeat(62)}Z`]) {
      await withPlugin(context, { resourceName: `conformance.example/${type}` }, (plugin) => accepted(context, plugin));
    }
  },

  "device-plugins.registration.version-first": async (context) => {
    const about = { endpoint: "absent.sock", resourceName: "foo", version: "v1alpha1" };
    const answer = requireRefusal(await register(socketOf(context), about, { signal: context.signal }), about);
    if (!answer.message.includes("v1alpha1")) throw new Broken("a refusal that names the version", shown(answer));
  },

  "device-plugins.registration.refused-unasked": (context) =>
    withPlugin(context, {}, async (plugin) => {
      const change = { version: "v0" };
      requireRefusal(await plugin.register(change, context.signal), change);
      const [call] = plugin.calls;
      if (call) throw new Broken("no call of a plugin that was refused", `a call of ${call.method}`);
      await accepted(context, plugin);
    }),
} satisfies Partial<AreaChecks<"device-plugins">>;

interface Refused {
  change: Partial<RegistrationDetails>;
  text: string;
}

function ofVersion(version: string): Refused {
  const text = `requested API version ${quotedAsGo(version)} is not supported by kubelet. Supported version is ["v1beta1"]`;
  return { change: { version }, text };
}

function named(resourceName: string): Refused {
  return { change: { resourceName }, text: `the ResourceName ${quotedAsGo(resourceName)} is invalid` };
}

/** A plugin that would be accepted but for what it says is not. */
function refusing(cases: readonly Refused[]): Check {
  return (context) =>
    withPlugin(context, {}, async (plugin) => {
      for (const { change, text } of cases) {
        expectText(context, requireRefusal(await plugin.register(change, context.signal), change), text);
      }
      await accepted(context, plugin);
    });
}

export function requireRefusal(answer: RegistrationAnswer, about: object): RegistrationAnswer {
  if (answer.code === "OK" || undecided.has(answer.code)) throw new Broken(`${JSON.stringify(about)} to be refused`, shown(answer));
  return answer;
}

/** Texts are for people: another one is a warning. */
export function expectText(context: CheckContext, answer: RegistrationAnswer, text: string): void {
  if (answer.message !== text) context.warn(quoted(text), quoted(answer.message));
}

/** Go's %q of these plain texts. */
function quotedAsGo(text: string): string {
  return JSON.stringify(text);
}
