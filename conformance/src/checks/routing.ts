import { type AreaChecks, Broken, type CheckContext } from "../engine/check.ts";
import { answerClass, isOfClass } from "../engine/answers.ts";
import { describeAnswer } from "../engine/expectation.ts";
import { absentName } from "../engine/variables.ts";
import { headerOf } from "../target/wire.ts";

/** The paths that answer a stub while debugging handlers are off (InstallDebuggingDisabledHandlers in pkg/kubelet/server/server.go). */
const stubbedPaths = ["/run/", "/exec/", "/attach/", "/portForward/", "/containerLogs/", "/runningpods/", "/debug/pprof/", "/logs/"];

/** `spec/requirements/routing.yaml`, the requirements that take more than one exchange. */
export const routing: AreaChecks<"routing"> = {
  "routing.method.checkpoint-others": async (context) => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      await expectMethodNotAllowed(context, method, `/checkpoint/default/${absentName}/c`, "POST");
    }
  },

  "routing.method.pods-others": async (context) => {
    for (const method of ["PUT", "DELETE", "OPTIONS"]) await expectMethodNotAllowed(context, method, "/pods", "GET");
  },

  "routing.debugging-off.stub": async (context) => {
    for (const path of stubbedPaths) {
      for (const method of ["GET", "POST"]) {
        const response = await context.send({ method, target: path });
        if (!isOfClass(answerClass("debugging-disabled"), response)) {
          throw new Broken(`${method} ${path} to answer 405 "Debug endpoints are disabled."`, describeAnswer(response));
        }
      }
    }
  },
};

async function expectMethodNotAllowed(context: CheckContext, method: string, target: string, allow: string): Promise<void> {
  const response = await context.send({ method, target });
  if (response.status !== 405) throw new Broken(`${method} ${target} to answer 405`, describeAnswer(response));
  const actual = headerOf(response, "allow");
  if (actual !== allow)
    throw new Broken(`${method} ${target} to answer Allow: ${allow}`, actual === undefined ? "no Allow header" : `Allow: ${actual}`);
}
