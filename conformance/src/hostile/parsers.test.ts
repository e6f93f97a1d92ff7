import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ArchiveError, buildArchiveName, inspectArchive, listArchive, parseArchiveName } from "@kubelet-conformance/checkpoint-archive";
import { KubeconfigError, readKubeconfig } from "@kubelet-conformance/control-plane";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { splitTimes } from "../checks/log-lines.ts";
import { quantity } from "../checks/quantity.ts";
import { scratch } from "../cli/cli.support.ts";
import { readConfigFile } from "../cli/config-file.ts";
import { readKnownFailures } from "../cli/known-failures-file.ts";
import { TargetError, UsageError } from "../errors.ts";
import { tarOf } from "../secrets/planted.support.ts";
import { kubeletUrl } from "../target/cluster-node.ts";
import { logTimes } from "../target/container-log.ts";
import { parseDeclarations } from "../target/declare.ts";
import { exposition, ExpositionError } from "../target/exposition.ts";
import { configurationFacts, parseConfiguration } from "../target/facts.ts";
import { chooseContainers, parsePodList } from "../target/pod-list.ts";
import { samples } from "../target/prometheus.ts";
import { parseAnswers } from "../target/raw-answers.ts";

const files = await scratch();
afterAll(() => files.remove());

/** Pieces of a language, and anything between them. */
const made = (...words: string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: "binary", maxLength: 6 })))
    .map((parts) => parts.join(""));
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
type Kinds = readonly (new (...values: never[]) => Error)[];
/** What it throws, or rejects with, other than errors of these kinds. */
const strangeRejectionOf = async (kinds: Kinds, run: () => unknown): Promise<unknown> => {
  try {
    await run();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) return error;
  }
  return undefined;
};
const strangeErrorOf = (kinds: Kinds, run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) return error;
  }
  return undefined;
};

describe("what comes over the wire", () => {
  test("raw HTTP answers: never more bodies than bytes", () => {
    const text = made(
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      "Content-Length: ",
      "5",
      "-1",
      "Transfer-Encoding: chunked\r\n",
      "\r\n",
      "\r\n\r\n",
      "ffffffffffff",
      "0\r\n\r\n",
      ":",
    );
    fc.assert(
      fc.property(text, (bytes) => {
        const size = parseAnswers(latin1(bytes), ["GET", "HEAD"]).reduce((total, { body }) => total + body.length, 0);
        expect(size).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test("raw HTTP answers: chunks are put together again", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })), (chunks) => {
        const sent = Buffer.concat(
          chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)};x=y\r\n`), chunk, Buffer.from("\r\n")]),
        );
        const [answer, second] = parseAnswers(
          Buffer.concat([
            latin1("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            sent,
            latin1("0\r\n\r\nHTTP/1.1 404 No\r\n\r\n"),
          ]),
          ["GET", "GET"],
        );
        expect(answer?.body).toEqual(Buffer.concat(chunks));
        expect(second?.status).toBe(404);
      }),
    );
  });

  test("metrics: read, or refused with the line", () => {
    const text = made(
      "# HELP a x\n",
      "# TYPE a counter\n",
      "# TYPE a histogram\n",
      "a",
      "a_bucket",
      '{le="',
      '"}',
      '\\"',
      " 1",
      " NaN",
      " 1e999",
      "\n",
      ",",
    );
    fc.assert(
      fc.property(text, (body) => {
        expect(strangeErrorOf([ExpositionError], () => exposition(body))).toBeUndefined();
        samples(body, "a");
      }),
      { numRuns: 2_000 },
    );
  });

  test("lists of pods and configurations of any JSON", () => {
    const members = [
      "kind",
      "items",
      "metadata",
      "name",
      "spec",
      "status",
      "containerStatuses",
      "state",
      "running",
      "kubeletconfig",
      "authentication",
      "readOnlyPort",
      "__proto__",
    ];
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom<unknown>("PodList", "a", "\ud800", 1, null, true),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...members), tie("tree"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const body = JSON.stringify(value);
        const choice = chooseContainers(parsePodList(body) ?? []);
        expect([choice.nodeName, choice.running?.pod, choice.running?.uid].every((name) => name === undefined || name.isWellFormed())).toBe(
          true,
        );
        const configuration = parseConfiguration(body);
        if (configuration) expect(configurationFacts(configuration).readOnlyPort).toBeTypeOf("number");
      }),
      { numRuns: 2_000 },
    );
  });

  test("node objects: an address, or an error that says what is missing", () => {
    const node = fc.record({
      metadata: fc.record({ name: fc.string() }),
      status: fc.dictionary(fc.constantFrom("addresses", "daemonEndpoints", "nodeInfo"), fc.jsonValue()),
    });
    fc.assert(
      fc.property(node, (value) => {
        expect(strangeErrorOf([TargetError], () => kubeletUrl({ kind: "Node", apiVersion: "v1", ...value }))).toBeUndefined();
      }),
    );
  });

  test("quantities, and times of logs", () => {
    fc.assert(
      fc.property(made("1", ".", "e", "-", "Ki", "m", "E", "+"), (text) => {
        const value = quantity(text);
        expect(value).not.toBeNaN();
      }),
    );
    fc.assert(
      fc.property(made("2026-01-02T03:04:05.123456789Z ", "line", "\n", "+25:00 ", "\r"), (log) => {
        expect(
          splitTimes(log)
            .map(({ time, text }) => (time === undefined ? text : `${time} ${text}`))
            .join(""),
        ).toBe(log);
        logTimes({ status: 200, reason: "", headers: [], body: Buffer.from(log), httpVersion: "1.1", durationMs: 0 });
      }),
    );
  });
});

describe("archives", () => {
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
  test("a name that is built is among the readings of it", () => {
    fc.assert(
      fc.property(
        label,
        label,
        label,
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: -720, max: 840 }),
        (podName, namespace, container, seconds, offsetMinutes) => {
          const name = buildArchiveName({ podName, namespace, container, time: new Date(seconds * 1000), offsetMinutes });
          expect(parseArchiveName(name)).toContainEqual(
            expect.objectContaining({ podName, namespace, container, time: new Date(seconds * 1000) }),
          );
        },
      ),
    );
  });

  test("no name breaks its reader", () => {
    fc.assert(
      fc.property(made("checkpoint-", "a_b", "-c", "-2026-01-02T03:04:05Z", ".tar", "/", "_"), (name) => {
        expect(strangeErrorOf([ArchiveError], () => parseArchiveName(name))).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  test("no damage to an archive breaks its reader", async () => {
    const whole = tarOf({ "config.dump": '{"id":"x"}', "spec.dump": "{}", "checkpoint/inventory.img": "xx", "stats-dump": "abcd" });
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
    const file = join(files.directory, "damaged.tar");
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        await writeFile(file, length % 3 === 0 ? bytes.subarray(0, length) : bytes);
        expect(await strangeRejectionOf([ArchiveError], () => listArchive(file))).toBeUndefined();
        expect(await strangeRejectionOf([ArchiveError], () => inspectArchive(file))).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe("what the user writes", () => {
  const yaml = made(
    "a: ",
    "- ",
    "id: ",
    "server: ",
    "apiVersion: v1\n",
    "contexts:\n",
    "[",
    "{",
    "}",
    "\n",
    "  ",
    "*x",
    "&x",
    "!!binary ",
    "|\n",
    '"',
    "users: ",
    "health.check.ping",
  );

  test("--declare: read, or refused with what it should be", () => {
    const pair = made("checkpoint-gate", "runtime", "identity.none", "without", "listening-port", "=", "true", "a/b/c", ",");
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3 }), (pairs) => {
        expect(strangeErrorOf([UsageError], () => parseDeclarations(pairs))).toBeUndefined();
      }),
    );
  });

  test("configuration files, lists of known failures and kubeconfigs: read, or refused in words", async () => {
    await fc.assert(
      fc.asyncProperty(yaml, async (text) => {
        const file = await files.file("any.yaml", text);
        expect(
          await strangeRejectionOf([UsageError], () => readConfigFile(file, { server: { kind: "list", help: "none" } })),
        ).toBeUndefined();
        expect(await strangeRejectionOf([UsageError], () => readKnownFailures(file))).toBeUndefined();
        expect(await strangeRejectionOf([KubeconfigError], () => readKubeconfig(file))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});
