import type { ObservableRequirementId } from "@kubelet-conformance/types";
import { answering, changing, type ExchangeMatch } from "./alter.ts";
import type { Deviation } from "./deviation.ts";
import { routeMissing } from "./refusals.ts";

const plain: ExchangeMatch = { listener: "main", method: "POST", path: /^\/run\/[^/]+\/[^/]+\/[^/]+$/ };
const absentPod: ExchangeMatch = { ...plain, path: /^\/run\/default\/kubelet-conformance-absent\/c$/ };
const withUid = (uid: string): RegExp => new RegExp(`^/run/[^/]+/[^/]+/${uid}/[^/]+$`);
/** What the testbed's pod is asked to run. */
const command = (query: string | null): ExchangeMatch => ({
  ...plain,
  path: /^\/run\/[^/]+\/(?!kubelet-conformance-absent)[^/]+\/[^/]+$/,
  query,
});
const refusedText = "pod does not exist";

/** What breaks each requirement of `spec/requirements/run.yaml`. */
export const run: Record<ObservableRequirementId["run"], Deviation> = {
  "run.lookup.unknown-pod": {
    summary: "answers for an unknown pod as for an unknown route",
    http: changing({ ...absentPod, client: "certificate", headers: { accept: null }, status: 404 }, { body: "404: Page Not Found" }),
  },
  "run.lookup.unknown-namespace": {
    summary: "looks for the pod in every namespace",
    http: changing({ ...plain, path: /^\/run\/kubelet-conformance-absent\//, status: 404 }, { status: 500, body: "container not found" }),
  },
  "run.lookup.unknown-container": {
    summary: "answers 404 for an unknown container",
    http: changing({ ...plain, path: /^\/run\/.*\/kubelet-conformance-absent$/, status: 500 }, { status: 404 }),
  },
  "run.lookup.waiting-container": {
    summary: "answers 404 for a container that does not run",
    http: changing({ ...plain, path: /^\/run\/.*\/waiting$/, status: 500 }, { status: 404 }),
  },
  "run.lookup.uid": {
    summary: "does not know the four-segment form with a UID",
    http: answering({ ...plain, path: withUid("(?!kubelet-conformance-absent)[^/]+") }, 404, "404: Page Not Found"),
  },
  "run.lookup.other-uid": {
    summary: "compares the UID with the pod's",
    http: answering({ ...plain, path: withUid("kubelet-conformance-absent") }, 404, refusedText),
  },
  "run.access.forbidden": {
    summary: "looks for the pod before it authorizes",
    http: changing({ ...absentPod, client: /-none$/, status: 403 }, { status: 404, body: refusedText }),
  },
  "run.access.debugging-off": {
    summary: "has no stub in the place of run while debugging handlers are off",
    http: changing({ ...absentPod, status: 405, text: /^Debug endpoints/ }, { status: 404, body: "404 page not found\n" }),
  },
  "run.request.get": {
    summary: "runs commands by GET",
    http: answering({ ...absentPod, method: "GET" }, 404, refusedText),
  },
  "run.request.too-short": {
    summary: "has no route for a path without a container",
    http: routeMissing({ ...plain, path: /^\/run\/[^/]+\/[^/]+$/ }),
  },
  "run.request.accept": {
    summary: "does not look at Accept",
    http: answering({ ...absentPod, headers: { accept: "application/json" } }, 404, refusedText),
  },
  "run.command.output": {
    summary: "cuts the newline off what the command wrote",
    http: changing({ ...command("cmd=echo%20hi"), status: 200 }, { body: (body) => body.trimEnd() }),
  },
  "run.command.media-type": {
    summary: "types the output as text",
    http: changing({ ...command("cmd=echo%20hi"), status: 200 }, { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  },
  "run.command.no-quotes": {
    summary: "takes quotes as a shell does",
    http: changing({ ...command("cmd=echo%20%22a%20b%22"), status: 200 }, { body: (body) => body.replaceAll('"', "") }),
  },
  "run.command.no-shell": {
    summary: "hands the command to a shell",
    http: changing({ ...command("cmd=echo%20a%3Becho%20%24HOME"), status: 200 }, { body: "a\n/\n" }),
  },
  "run.command.empty-arguments": {
    summary: "leaves empty arguments out",
    http: changing({ ...command("cmd=echo%20a%20%20b"), status: 200 }, { body: (body) => body.replace("  ", " ") }),
  },
  "run.command.other-white-space": {
    summary: "splits the command at tabs, too",
    http: changing({ ...command("cmd=sh%20-c%20echo%09hi"), status: 200 }, { body: "\n" }),
  },
  "run.command.first-value": {
    summary: "takes the last of several commands",
    http: changing({ ...command("cmd=echo%20a&cmd=echo%20b"), status: 200 }, { body: "b\n" }),
  },
  "run.command.stderr": {
    summary: "keeps what a command writes to stderr to itself",
    http: changing(
      { ...command("cmd=sh%20-c%20echo%09err%3E%262%3Becho%09out"), status: 200 },
      { body: (body) => body.replace("err\n", "") },
    ),
  },
  "run.command.exit-code": {
    summary: "answers 200 whatever the command ends with",
    http: changing({ ...command("cmd=sh%20-c%20exit%093"), status: 500 }, { status: 200, body: "" }),
  },
  "run.command.stderr-of-a-failure": {
    summary: "does not show what a failed command wrote to stderr",
    http: changing(
      { ...command("cmd=sh%20-c%20echo%09oops%3E%262%3Bexit%093"), status: 500 },
      { body: (body) => body.replace("oops\n", "") },
    ),
  },
  "run.command.unknown-program": {
    summary: "answers 200 for a program that the container does not have",
    http: changing({ ...command("cmd=kubelet-conformance-absent"), status: 500 }, { status: 200 }),
  },
  "run.command.missing": {
    summary: "answers 200 when there is no command to run",
    http: changing({ ...command(null), status: 500 }, { status: 200, body: "" }),
  },
  "run.command.form-until-1-28": {
    summary: "takes the command from the query only",
    http: changing({ ...command("cmd=echo%20query"), status: 200 }, { body: "query\n" }),
  },
  "run.command.form": {
    summary: "takes the command from a form body as well",
    http: changing({ ...command("cmd=echo%20query"), status: 200 }, { body: "form\n" }),
  },
};
