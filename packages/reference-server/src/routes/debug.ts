import { behaviour } from "@kubelet-conformance/types";
import { typedText } from "../http/answers.ts";
import { decodeBytes, quote } from "../http/bytes.ts";
import type { KubeletAnswer } from "../http/message.ts";
import { BodyError } from "../http/request-body.ts";
import { cpuProfile, executionTrace, namedProfile } from "../pprof/profiler.ts";
import type { RouteContext, RouteHandler } from "./route-handler.ts";

/** GET /debug/pprof/cmdline. */
export const getPprofCmdline: RouteHandler = ({ kubelet }) => typedText(kubelet.commandLine.join("\0"));

/** GET /debug/pprof/symbol: Go code has symbols for addresses, and there is none here. */
export const getPprofSymbol: RouteHandler = () => typedText("num_symbols: 1\n");

/** GET /debug/pprof/profile. */
export const getPprofProfile: RouteHandler = cpuProfile;

/** GET /debug/pprof/trace. */
export const getPprofTrace: RouteHandler = executionTrace;

/** GET /debug/pprof/{name}: the path's rest as it stands, a slash at its end included. */
export const getPprof: RouteHandler = (context) => namedProfile(profileName(context), context);

/** The route's one handler (Server.InstallProfilingHandler); the page that lists the profiles has no route. */
export function pprofHandler(
  operations: Readonly<Record<"cmdline" | "symbol" | "profile" | "trace" | "named", RouteHandler>>,
): RouteHandler {
  return (context) => {
    const name = profileName(context);
    const handler = name !== "named" && Object.hasOwn(operations, name) ? operations[name as keyof typeof operations] : operations.named; // hasOwn says so
    return handler(context);
  };
}

function profileName({ target }: RouteContext): string {
  return target.path.slice("/debug/pprof/".length);
}

/** /debug/flags/v: any method, but only PUT does something. */
export const putVerbosity: RouteHandler = async ({ kubelet, request }) => {
  if (request.method !== "PUT") return flagsText(406, "unsupported http method\n");
  let text: string;
  try {
    text = decodeBytes(await request.body());
  } catch (error) {
    if (error instanceof BodyError) return flagsText(400, `error reading request body: ${error.message}\n`);
    throw error;
  }
  const problem = verbosityProblem(text, behaviour("verbosity-parse-function", kubelet.minor));
  if (problem !== undefined) return flagsText(400, `${problem}\n`);
  return flagsText(200, `successfully set klog.logging.verbosity to ${text}\n`);
};

/** What is wrong with a verbosity: newer kubelets read it twice, as a flag of unsigned 32 bits and as a klog level. */
function verbosityProblem(text: string, parse: "ParseInt" | "ParseUint"): string | undefined {
  if (parse === "ParseUint") {
    const problem = numberProblem(text, parse, /^\d+$/, [0n, 2n ** 32n - 1n]);
    if (problem !== undefined) return problem;
  }
  const problem = numberProblem(text, "ParseInt", /^[+-]?\d+$/, [-(2n ** 31n), 2n ** 31n - 1n]);
  return problem === undefined ? undefined : `failed set klog.logging.verbosity ${text}: ${problem}`;
}

function numberProblem(text: string, parse: string, syntax: RegExp, [least, most]: readonly [bigint, bigint]): string | undefined {
  const refused = (reason: string): string => `strconv.${parse}: parsing ${quote(text)}: ${reason}`;
  if (!syntax.test(text)) return refused("invalid syntax");
  const value = BigInt(text.replace("+", ""));
  return value < least || value > most ? refused("value out of range") : undefined;
}

function flagsText(status: number, body: string): KubeletAnswer {
  return {
    status,
    headers: [
      ["Content-Type", "text/plain"],
      ["X-Content-Type-Options", "nosniff"],
    ],
    body,
  };
}
