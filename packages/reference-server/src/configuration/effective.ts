import { inRange } from "@kubelet-conformance/spec";
import { behaviour } from "@kubelet-conformance/types";
import type { KubeletConfiguration } from "./configuration.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import { configurationMembers, type Member } from "./members.ts";
import { nodeConfiguration, type NodeConfiguration } from "./node-configuration.ts";

/** The configuration with its defaults: what the kubelet acts on, typed, and what /configz shows. */
export interface EffectiveConfiguration {
  address: string;
  port: number;
  readOnlyPort: number;
  healthzPort: number;
  healthzBindAddress: string;
  enableServer: boolean;
  tlsCertFile: string | undefined;
  tlsPrivateKeyFile: string | undefined;
  tlsMinVersion: string | undefined;
  tlsCipherSuites: readonly string[];
  /** `cacheMs`: how long the answers of reviews are believed. */
  authentication: { clientCAFile: string | undefined; webhook: boolean; anonymous: boolean; cacheMs: number };
  authorization: { mode: string; cacheMs: { allowed: number; denied: number } };
  enableDebuggingHandlers: boolean;
  enableSystemLogHandler: boolean;
  enableSystemLogQuery: boolean;
  enableProfilingHandler: boolean;
  enableDebugFlagsHandler: boolean;
  imageGCHighThresholdPercent: number;
  imageGCLowThresholdPercent: number;
  staticPodPath: string | undefined;
  runtimeRequestTimeoutMs: number;
  node: NodeConfiguration;
  /** The object of /configz, members in the order of the Go type. */
  shown: Readonly<Record<string, unknown>>;
}

type Content = Readonly<Record<string, unknown>>;

/** Fills in the defaults of a minor; the content must have passed checkShape. */
export function effectiveConfiguration(content: KubeletConfiguration, minor: string, verbosity: number): EffectiveConfiguration {
  const defaults = behaviour("configuration-defaults", minor);
  const given: Content = { ...content, kind: undefined, apiVersion: undefined };
  const all = fill(given, configurationMembers, minor, defaults);
  const { authentication = {}, authorization = {} } = content;
  const filled = <T>(name: string): T => all[name] as T; // checkShape and the defaults made it of the member's type.
  return {
    address: filled("address"),
    port: content.port === undefined || content.port === 0 ? 10250 : content.port,
    readOnlyPort: content.readOnlyPort ?? 0,
    healthzPort: filled("healthzPort"),
    healthzBindAddress: filled("healthzBindAddress"),
    enableServer: filled("enableServer"),
    tlsCertFile: nonEmpty(content.tlsCertFile),
    tlsPrivateKeyFile: nonEmpty(content.tlsPrivateKeyFile),
    tlsMinVersion: content.tlsMinVersion,
    tlsCipherSuites: content.tlsCipherSuites ?? [],
    authentication: {
      clientCAFile: nonEmpty(authentication.x509?.clientCAFile),
      webhook: authentication.webhook?.enabled ?? true,
      anonymous: authentication.anonymous?.enabled ?? false,
      cacheMs: milliseconds(authentication.webhook?.cacheTTL, 120_000),
    },
    authorization: {
      mode: authorization.mode ?? "Webhook",
      cacheMs: {
        allowed: milliseconds(authorization.webhook?.cacheAuthorizedTTL, 300_000),
        denied: milliseconds(authorization.webhook?.cacheUnauthorizedTTL, 30_000),
      },
    },
    enableDebuggingHandlers: filled("enableDebuggingHandlers"),
    enableSystemLogHandler: filled("enableSystemLogHandler"),
    enableSystemLogQuery: content.enableSystemLogQuery ?? false,
    enableProfilingHandler: filled("enableProfilingHandler"),
    enableDebugFlagsHandler: filled("enableDebugFlagsHandler"),
    imageGCHighThresholdPercent: filled("imageGCHighThresholdPercent"),
    imageGCLowThresholdPercent: filled("imageGCLowThresholdPercent"),
    staticPodPath: nonEmpty(content.staticPodPath),
    runtimeRequestTimeoutMs: (parseDuration(filled("runtimeRequestTimeout")) ?? 0) / 1e6,
    node: nodeConfiguration(all),
    shown: shown(all, minor, verbosity),
  };
}

/** A duration's zero counts as unset (SetDefaults_KubeletConfiguration). */
function milliseconds(duration: string | undefined, byDefault: number): number {
  return (parseDuration(duration ?? "") ?? 0) / 1e6 || byDefault;
}

/** Given members over defaults, in the order of `members`, in the form of Go's encoder. */
function fill(given: Content, members: Readonly<Record<string, Member>>, minor: string, defaults: Content): Content {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if (member.since !== undefined && !inRange(minor, { since: member.since })) continue;
    const byDefault = Object.hasOwn(defaults, name) ? defaults[name] : member.default;
    const value = present(given[name], byDefault, member, minor);
    if (value !== undefined && (member.showZero === true || !isZero(value))) result[name] = value;
  }
  return result;
}

function present(given: unknown, byDefault: unknown, member: Member, minor: string): unknown {
  const value = given ?? byDefault ?? undefined;
  if (value === undefined) return undefined;
  if (member.kind === "duration" && typeof value === "string") return formatDuration(parseDuration(value) ?? 0);
  // A member that is an object here was checked to be one.
  if (member.kind === "object") return fill(value as Content, member.members, minor, (byDefault ?? {}) as Content);
  return value === 0 && byDefault === 10250 ? byDefault : value;
}

function shown(all: Content, minor: string, verbosity: number): Content {
  const form = behaviour("logging-form", minor);
  // The defaults make it an object.
  const logging = all["logging"] as Record<string, unknown>;
  const options = logging["options"] as Record<string, unknown>;
  const kind = behaviour("configz-has-kind", minor) ? { kind: "KubeletConfiguration", apiVersion: "kubelet.config.k8s.io/v1beta1" } : {};
  return {
    ...kind,
    ...all,
    logging: {
      ...logging,
      flushFrequency: flushFrequency(logging["flushFrequency"], form.flushFrequency),
      verbosity: logging["verbosity"] === 0 ? verbosity : logging["verbosity"],
      options: Object.fromEntries(form.options.map((name) => [name, options[name]])),
    },
  };
}

function flushFrequency(value: unknown, form: "nanoseconds" | "duration"): unknown {
  const nanoseconds = typeof value === "number" ? value : (parseDuration(String(value)) ?? 0);
  return form === "nanoseconds" ? nanoseconds : formatDuration(nanoseconds);
}

function isZero(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === false || value === 0 || value === "" || value === null;
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
