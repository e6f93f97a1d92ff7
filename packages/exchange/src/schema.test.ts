import { expect, test } from "vitest";
import { schemaDifference } from "./schema.ts";

const answer = (status: number, contentType: string | undefined, body: string) => ({ status, contentType, body: Buffer.from(body) });
const json = "application/json";

test.each([
  ["a valid body", answer(200, json, '{"items":["/var/lib/kubelet/checkpoints/checkpoint-a_b-c-2026-01-31T23:59:59Z.tar"]}')],
  ["unknown members", answer(200, json, '{"items":["/var/lib/kubelet/checkpoints/checkpoint-a_b-c-2026-01-31T23:59:59Z.tar"],"more":1}')],
  ["a text that is sent as JSON", answer(200, json, "hi\n"), "runCommand"],
  ["an upgrade, which has no body", answer(101, undefined, ""), "getExec"],
])("%s is no difference", async (_name, response, operationId = "checkpointContainer") => {
  expect(await schemaDifference(operationId, "1.36", response)).toBeUndefined();
});

test.each([
  ["a wrong type", answer(200, json, '{"items":"x"}'), "/items must be array"],
  ["another kind of body", answer(200, json, "[]"), "the body must be object"],
  ["no JSON", answer(200, json, "{"), undefined],
  ["another media type", answer(200, "text/html", "x"), "text/html"],
  ["no media type", answer(200, undefined, "x"), "no Content-Type header"],
  ["an unknown status", answer(299, json, "{}"), "299"],
])("%s is named", async (_name, response, actual) => {
  expect(await schemaDifference("checkpointContainer", "1.36", response)).toMatchObject({ actual });
});
