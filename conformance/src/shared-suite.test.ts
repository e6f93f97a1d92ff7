import { createMockKubelet } from "@kubelet-conformance/mock-server";
import { startKubelet } from "@kubelet-conformance/reference-server";
import { holdsFor, operations, requirements, type Requirement, resolve, specAt } from "@kubelet-conformance/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildRequest } from "./engine/exchange.ts";
import { difference } from "./engine/expectation.ts";
import { schemaDifference } from "./engine/schema.ts";
import { variablesFor } from "./engine/variables.ts";
import type { Target } from "./target/target.ts";
import { createTransport, type Transport } from "./target/transport.ts";
import type { WireResponse } from "./target/wire.ts";

/**
 * One suite, two targets: every requirement that one exchange of an operation decides must hold for the reference kubelet, and some example of
 * the spec must keep it too, as the mock sends it. So the spec's examples can't drift away from the catalogue.
 */
const minor = "1.36";
const cases = requirements().filter((requirement) => {
  const { exchange, when = {}, needs = [] } = requirement;
  if (exchange?.request.operation === undefined || exchange.request.method !== undefined || exchange.expect.status === undefined)
    return false;
  if (!["none", "credentials"].includes(exchange.request.client ?? "credentials") || (exchange.request.listener ?? "main") !== "main")
    return false;
  // The sample pod has neither.
  if (needs.includes("sidecar-container") || needs.includes("ephemeral-container")) return false;
  const usual =
    when.checkpointGate !== false && when.debuggingHandlers !== false && when.anonymous !== true && when.authorization !== "Webhook";
  const usualLogs = when.systemLogHandler !== false && when.nodeLogQuery !== true && when.splitStreams !== true;
  return usual && usualLogs && (when.runtime?.includes("ok") ?? true) && holdsFor(requirement, minor);
});

interface SharedTarget {
  target: Target;
  transport: Transport;
  /** Headers of each try; one of the answers must keep the requirement. */
  tries(requirement: Requirement): Record<string, string>[];
  stop(): Promise<void>;
}

describe.each([
  { name: "reference kubelet", start: startReference, kept: cases },
  // No example can tell which command was run, and nothing behind a mock would speak another protocol.
  { name: "mock kubelet", start: startMocked, kept: cases.filter(({ needs = [] }) => !needs.includes("command-container")) },
])("$name", ({ start, kept }) => {
  let shared: SharedTarget;
  beforeAll(async () => {
    shared = await start();
  });
  afterAll(async () => {
    shared.transport.close();
    await shared.stop();
  });

  it.each(kept.map((requirement) => [requirement.id, requirement] as const))("keeps %s", async (_id, requirement) => {
    const differences = [];
    for (const headers of shared.tries(requirement)) differences.push(await tryOnce(shared, requirement, headers));
    expect(differences).toContain(undefined);
  });
});

async function tryOnce({ target, transport }: SharedTarget, requirement: Requirement, extra: Record<string, string>) {
  const { exchange } = requirement;
  if (!exchange) throw new Error(`${requirement.id} has no exchange`);
  const { client, headers, ...request } = buildRequest(exchange, requirement, target);
  const wire = client === "none" ? { name: "none" } : (target.credentials ?? { name: "none" });
  const response = await transport.send({ method: "GET", listener: "main", ...request, headers: { ...headers, ...extra }, client: wire });
  return difference(exchange.expect, response, {
    minor,
    variables: variablesFor(requirement, target, undefined),
    need: "pod",
    validate: (answer: WireResponse) => schemaDifference(exchange.request.operation ?? "", minor, answer),
  });
}

async function startReference(): Promise<SharedTarget> {
  const kubelet = await startKubelet({ kubernetesVersion: minor });
  await kubelet.settled;
  const container = { namespace: "default", pod: `sample-${kubelet.nodeName}`, container: "counter" };
  const target = targetOf(kubelet.urls.main, container);
  if (kubelet.adminCredentials) target.credentials = { name: "credentials", certificate: kubelet.adminCredentials };
  const transport = createTransport({ server: kubelet.urls.main, tls: { ca: kubelet.caCertificate } });
  const response = await transport.send({
    method: "GET",
    target: "/pods",
    listener: "main",
    client: target.credentials ?? { name: "none" },
  });
  const uid = /"uid":"([^"]+)"/.exec(response.body.toString())?.[1];
  target.running = { ...container, ...(uid === undefined ? {} : { uid }) };
  return { target, transport, tries: () => [{}], stop: () => kubelet.stop() };
}

async function startMocked(): Promise<SharedTarget> {
  const mock = await createMockKubelet({ kubernetesVersion: minor, cors: false });
  const target = targetOf(mock.url, { namespace: "default", pod: "counter-lab-node", container: "counter" });
  return {
    target,
    transport: createTransport({ server: mock.url, tls: { ca: mock.ca } }),
    tries: examplesFor,
    stop: () => mock.close(),
  };
}

/** The mock's headers for each example of the statuses that a requirement expects. */
function examplesFor({ exchange }: Requirement): Record<string, string>[] {
  const operation = operations().find(({ operationId }) => operationId === exchange?.request.operation);
  const status = exchange?.expect.status;
  const document = specAt(minor);
  const item = document.paths[operation?.path ?? ""];
  const responses = ({ POST: item?.post, PUT: item?.put, DELETE: item?.delete }[operation?.method ?? ""] ?? item?.get)?.responses ?? {};
  const wanted = (Array.isArray(status) ? status : [status === undefined || typeof status === "object" ? 406 : status]).map(String);
  return wanted.flatMap((code) => {
    const response = responses[code];
    const content = response ? (resolve(document, response).content ?? {}) : {};
    return Object.values(content).flatMap(({ examples = {} }) =>
      Object.keys(examples).map((example) => ({ Prefer: `code=${code}, example=${example}` })),
    );
  });
}

function targetOf(server: string, container: { namespace: string; pod: string; container: string }): Target {
  return {
    server,
    kubernetesVersion: minor,
    minor,
    versionSource: "declared",
    identities: {},
    facts: {},
    running: { ...container, uid: "7d91e2cb80bd13ba3ef6af352dad01a9" },
    checkpoint: container,
    command: container,
    waiting: { ...container, container: "waiting" },
    ended: { ...container, container: "init" },
  };
}
