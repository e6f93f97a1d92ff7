/** A kubelet that answers with the spec's examples, on demand, and as scenarios say. */
export { createMockKubelet, type MockKubelet, type MockOptions } from "./mock-kubelet.ts";
export { MockError } from "./mock-error.ts";
export { FileError } from "./located-document.ts";
export { UnknownScenarioError } from "./scenario/scenarios.ts";
export type { Conditions, Match, Rule, Scenario, ScenarioAnswer, ScenarioFile } from "./scenario/scenario.ts";
export type { LoggedRequest } from "./admin/request-log.ts";
export { createKubeletProxy, type KubeletProxy, type KubeletProxyOptions } from "./proxy/kubelet-proxy.ts";
export { type ProxySummary } from "./proxy/session.ts";
export { ProxyError } from "./proxy/proxy-error.ts";
export type { UpstreamOptions } from "./proxy/upstream.ts";
export { createReplayKubelet, type ReplayKubelet, type ReplayKubeletOptions } from "./replay/replay-kubelet.ts";
export { HarError } from "./har/har-error.ts";
