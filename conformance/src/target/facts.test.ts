import { expect, test } from "vitest";
import { gateFacts, gatesInMetrics } from "./facts.ts";

const metric = (name: string, value: number): string => `kubernetes_feature_enabled{name="${name}",stage="BETA"} ${value}\n`;
const names = {
  checkpointGate: "ContainerCheckpoint",
  webSocketGate: "ExtendWebSocketsToKubelet",
  splitStreams: "PodLogsQuerySplitStreams",
  statuszGate: "ComponentStatusz",
  flagzGate: "ComponentFlagz",
  allocatedPodsGate: "KubeletAllocatedPodsEndpoint",
};

test.each(Object.entries(names))("%s is what the configuration sets, else what the metric says", (fact, name) => {
  for (const value of [true, false]) {
    const others = metric("Other", 1);
    expect(gateFacts({ featureGates: { [name]: value } }, gatesInMetrics(others + metric(name, value ? 0 : 1)), "1.36")).toHaveProperty(
      fact,
      value,
    );
    for (const configuration of [undefined, {}, { featureGates: { Other: !value } }])
      expect(gateFacts(configuration, gatesInMetrics(others + metric(name, value ? 1 : 0)), "1.36")).toHaveProperty(fact, value);
  }
});

test("without either a gate is as its minor has it", () => {
  const off = Object.fromEntries(Object.keys(names).map((fact) => [fact, false]));
  expect(gateFacts({}, gatesInMetrics(""), "1.29")).toEqual(off);
  expect(gateFacts({}, gatesInMetrics(""), "1.35")).toEqual({ ...off, checkpointGate: true });
  expect(gateFacts({}, gatesInMetrics(""), "1.36")).toEqual({
    ...off,
    checkpointGate: true,
    webSocketGate: true,
    statuszGate: true,
    flagzGate: true,
  });
});

test("a gate of which nothing is known stays unknown", () => {
  expect(gateFacts(undefined, gatesInMetrics(""), "1.36")).toEqual({});
});
