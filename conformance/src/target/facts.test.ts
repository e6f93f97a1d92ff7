import { expect, test } from "vitest";
import { gateFact, gatesInMetrics } from "./facts.ts";

const metric = (name: string, value: number): string => `kubernetes_feature_enabled{name="${name}",stage="BETA"} ${value}\n`;

test("a gate is what the metric says, else what is configured, else its minor's default", () => {
  const configured = { featureGates: { ExtendWebSocketsToKubelet: true } };
  expect(gateFact("ExtendWebSocketsToKubelet", gatesInMetrics(metric("ExtendWebSocketsToKubelet", 0)), configured, "1.36")).toEqual({
    webSocketGate: false,
  });
  expect(gateFact("ExtendWebSocketsToKubelet", gatesInMetrics(metric("ContainerCheckpoint", 0)), configured, "1.36")).toEqual({
    webSocketGate: true,
  });
  expect(gateFact("ExtendWebSocketsToKubelet", gatesInMetrics(""), {}, "1.36")).toEqual({ webSocketGate: true });
  expect(gateFact("ExtendWebSocketsToKubelet", gatesInMetrics(""), {}, "1.35")).toEqual({ webSocketGate: false });
  expect(gateFact("ContainerCheckpoint", gatesInMetrics(""), {}, "1.29")).toEqual({ checkpointGate: false });
});

test("a gate of which nothing is known stays unknown", () => {
  expect(gateFact("ContainerCheckpoint", gatesInMetrics(""), undefined, "1.36")).toEqual({});
});
