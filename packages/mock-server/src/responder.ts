import { createDynamicBodies } from "./answer/dynamic-bodies.ts";
import { exampleAnswer } from "./answer/example-answer.ts";
import { altered, badEscape, isBadEscape, routeAnswer, textAnswer, undocumented } from "./answer/plain-answers.ts";
import type { MockedOperation } from "./examples.ts";
import { type Answer, type Delivery, isRelay, type MockRequest, type Reply, type Responder } from "./exchange.ts";
import type { Relay } from "./relay.ts";
import type { ScenarioAnswer } from "./scenario/scenario.ts";
import type { Scenarios } from "./scenario/scenarios.ts";
import { plainPath } from "./routes.ts";
import { refusedAccept, selectExample } from "./select.ts";
import type { Specification } from "./specification.ts";
import { isStream } from "./streaming/is-stream.ts";
import { kubeletRefusal } from "./validation/kubelet-refusal.ts";
import { problemAnswer } from "./validation/problem-answer.ts";
import { validateRequest } from "./validation/validate-request.ts";
import { violationText, type Violation } from "./validation/violation.ts";
import { readWish, type Wish, WishError } from "./wish.ts";

export interface ResponderOptions {
  specification: Specification;
  scenarios: Scenarios;
  /** Whether a request that breaks the spec is refused. */
  strict: boolean;
  /** What answers where an answer streams. Without it, examples do. */
  streams: Relay | undefined;
}

type Choice = Pick<Reply, "answer" | "because"> & { delivery?: Delivery };

/**
 * From a request to its answer: the kubelet's dispatch, the request held against the spec, then whose word counts (strictness, the request's own wish, the
 * scenario, what a kubelet would do).
 */
export function createResponder({ specification, scenarios, strict, streams }: ResponderOptions): Responder {
  const { minor, route } = specification;
  const makeUp = createDynamicBodies(specification);

  return async (request) => {
    const found = dispatch(request);
    const operation = "operationId" in found ? found : undefined;
    const violations = operation ? await validateRequest(operation, request) : [];
    const common = { operationId: operation?.operationId, violations };
    try {
      const own = readWish(request.headers["prefer"], request.query);
      const choice = "operationId" in found ? choose(found, request, own, violations) : byScenario(request, undefined, () => found);
      const { answer, because, delivery } = await choice;
      return { ...common, answer, because, delivery: { ...delivery, ...deliveryOf(own) } };
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      return { ...common, answer: textAnswer(400, `${error.message}\n`), because: "a wish that cannot be met", delivery: {} };
    }
  };

  /** The operation, or what kubelets answer before they have found one. */
  function dispatch(request: MockRequest): MockedOperation | Choice {
    if (isBadEscape(request.path)) return { answer: badEscape, because: "the path cannot be decoded" };
    const found = route(request.method, plainPath(request.path));
    return found.kind === "operation" ? found.operation : { answer: routeAnswer(found, request), because: `no operation: ${found.kind}` };
  }

  async function choose(operation: MockedOperation, request: MockRequest, own: Wish, violations: readonly Violation[]): Promise<Choice> {
    if (strict && violations.length > 0)
      return { answer: problemAnswer(operation.operationId, violations), because: "--strict refuses what breaks the spec" };
    if (saysWhat(own)) return { answer: await fromSpec(operation, own), because: "the request's own wish" };
    return byScenario(request, operation, () => usual(operation, request, own, violations));
  }

  /** What the scenario makes of an answer, if it has a rule for the request. */
  async function byScenario(
    request: MockRequest,
    operation: MockedOperation | undefined,
    otherwise: () => Choice | Promise<Choice>,
  ): Promise<Choice> {
    const turn = scenarios.choose(request, operation?.operationId);
    if (!turn) return otherwise();
    const { answer: wanted, because } = turn;
    const answer = await (saysWhat(wanted) ? scenarioAnswer(operation, wanted) : plainly(await otherwise(), operation, wanted));
    return { answer: isRelay(answer) ? answer : altered(answer, wanted), because, delivery: deliveryOf(wanted) };
  }

  function scenarioAnswer(operation: MockedOperation | undefined, wanted: ScenarioAnswer): Answer | Promise<Answer> {
    const { code } = wanted;
    const isDocumented = operation?.examples.some((example) => example.code === code) ?? false;
    if (code !== undefined && !isDocumented) return undocumented(code);
    return operation ? fromSpec(operation, wanted) : textAnswer(404, "404 page not found\n");
  }

  /** A stream cannot be altered; where a scenario does so, the example stands for it. */
  function plainly({ answer }: Choice, operation: MockedOperation | undefined, wanted: ScenarioAnswer): Reply["answer"] | Promise<Answer> {
    const alters = wanted.fault !== undefined || wanted.bytesPerSecond !== undefined || wanted.body !== undefined;
    return isRelay(answer) && operation && alters ? fromSpec(operation, {}) : answer;
  }

  /** What a kubelet would do. */
  async function usual(operation: MockedOperation, request: MockRequest, own: Wish, violations: readonly Violation[]): Promise<Choice> {
    const refusal = kubeletRefusal(operation.operationId, violations);
    if (refusal)
      return { answer: await fromSpec(operation, refusal), because: `what kubelets say where ${violationText(refusal.violation)}` };
    const code = refusedAccept(operation, request, minor);
    if (code !== undefined) return { answer: await fromSpec(operation, { code }), because: "Accept cannot be met" };
    if (streams && own.fault === undefined && isStream(operation, request)) return { answer: streams, because: "it streams" };
    return { answer: await fromSpec(operation, own), because: "the usual answer" };
  }

  /** Only JSON has a schema to make something up from. */
  async function fromSpec(operation: MockedOperation, wish: Wish): Promise<Answer> {
    const example = selectExample(operation, wish);
    if (wish.dynamic !== true || example.mediaType !== "application/json") return exampleAnswer(operation, example);
    return exampleAnswer(operation, example, await makeUp(operation, example, wish.seed ?? scenarios.seed));
  }
}

/** Whether a wish says what to answer, and not merely how. */
function saysWhat({ code, example, dynamic }: Wish): boolean {
  return code !== undefined || example !== undefined || dynamic === true;
}

function deliveryOf({ delay, fault, bytesPerSecond }: Wish): Delivery {
  return {
    ...(delay === undefined ? {} : { delay }),
    ...(fault === undefined ? {} : { fault }),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  };
}
