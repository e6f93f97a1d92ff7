import type { Minor } from "@kubelet-conformance/spec";
import type { Responder } from "./exchange.ts";
import { FileError } from "./located-document.ts";
import { readSpec } from "./read-spec.ts";
import { createResponder } from "./responder.ts";
import { checkScenarios, readScenarios } from "./scenario/read-scenarios.ts";
import type { ScenarioFile } from "./scenario/scenario.ts";
import { createScenarios, type Scenarios } from "./scenario/scenarios.ts";
import { createSpecification, type Specification } from "./specification.ts";
import { createReferenceKubelet } from "./streaming/reference-kubelet.ts";
import { watchFiles } from "./watch.ts";

export interface EngineOptions {
  /** An OpenAPI document in place of the spec that comes with this package: JSON, or YAML in several files. */
  spec?: string;
  /** Named scenarios, or the file that has them. Default: none. */
  scenarios?: ScenarioFile | string;
  /** Makes made-up bodies and jitter the same in each run. Default: the scenarios' one, else by chance. */
  seed?: string;
  /** Whether requests that break the spec are refused. Default false: they are answered as a kubelet does, and told of in `Mock-Violations`. */
  strict?: boolean;
  /** Whether the reference kubelet answers what streams. Default true. */
  streams?: boolean;
  /** Whether the files of spec and scenarios are read again when they change. Default false. */
  watch?: boolean;
  /** Told of each reload, done or refused, in a line. Default: nobody. */
  onReload?: (line: string) => void;
}

/** What answers, made of spec and scenarios, and made anew when their files change. */
export interface Engine {
  readonly specification: Specification;
  readonly scenarios: Scenarios;
  readonly respond: Responder;
  /** What is wrong with the files as they are now; the engine is made of them as they last were good. */
  readonly problem: string | undefined;
  close(): Promise<void>;
}

/** Throws FileError. The built-in spec is prepared when it is first needed. */
export async function createEngine(minor: Minor, options: EngineOptions): Promise<Engine> {
  const { spec, scenarios: given, strict = false, streams = true, onReload = () => undefined } = options;
  const own = spec === undefined ? undefined : await readSpec(spec, minor);
  let specification = own?.specification;
  let respond: Responder | undefined;
  let problem: string | undefined;
  const specificationNow = (): Specification => (specification ??= createSpecification(minor));
  const scenarios = createScenarios(given === undefined ? undefined : await read(given, specificationNow()), options.seed);
  const kubelet = createReferenceKubelet(specificationNow);

  const reload = async (): Promise<void> => {
    try {
      const next = spec === undefined ? specificationNow() : (await readSpec(spec, minor)).specification;
      const file = given === undefined ? undefined : await read(given, next);
      // Both are good.
      specification = next;
      respond = undefined;
      if (file) scenarios.replace(file);
      problem = undefined;
      onReload("the files have changed and are good; scenarios begin anew");
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problem = error.message;
      onReload(`${error.message}; going on with the last good files`);
    }
  };
  const files = [...(own?.files ?? []), ...(typeof given === "string" ? [given] : [])];
  const watching = options.watch === true ? watchFiles(files, reload) : undefined;

  return {
    get specification() {
      return specificationNow();
    },
    scenarios,
    get respond() {
      return (respond ??= createResponder({
        specification: specificationNow(),
        scenarios,
        strict,
        streams: streams ? kubelet : undefined,
      }));
    },
    get problem() {
      return problem;
    },
    async close() {
      watching?.close();
      await kubelet.close();
    },
  };
}

function read(given: ScenarioFile | string, specification: Specification): Promise<ScenarioFile> {
  return typeof given === "string" ? readScenarios(given, specification) : checkScenarios(given, specification);
}
