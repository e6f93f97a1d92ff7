import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./redact.ts";

const { text, header } = createRedactor(["s3cret-token"]);

test.each([
  ["an environment value in a pod", '{"env":[{"name":"PASSWORD","value":"hunter2"}]}'],
  ["with blanks, and quotes in the value", '{ "name" : "A", "value" : "hunter2 \\" hunter2" }'],
  ["in the other order", '{"value":"hunter2","name":"A"}'],
  ["inside an annotation", '{"last-applied":"{\\"env\\":[{\\"name\\":\\"A\\",\\"value\\":\\"hunter2\\"}]}"}'],
  ["a password member", '{"dbPassword":"hunter2","x":1}'],
  ["a private key", "-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----"],
  ["half a private key", "-----BEGIN PRIVATE KEY-----\nhunter2"],
  ["a token among a WebSocket's protocols", "v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.hunter2"],
  ["an echoed header", "you sent Authorization: Bearer hunter2hunter2"],
])("hides %s", (_name, secret) => {
  expect(text(secret)).not.toContain("hunter2");
  expect(text(secret)).toContain("[redacted]");
});

test("hides a known token wherever it turns up", () => expect(text("token s3cret-token!")).toBe("token [redacted]!"));
test("hides a JSON Web Token", () => expect(text(`x eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl y`)).toBe("x [redacted] y"));
test("leaves the rest as it is, byte for byte", () => {
  const body = '{"kind":"PodList","items":[{"metadata":{"name":"web","uid":"x"},"spec":{"containers":[{"name":"c"}]}}]}\n';
  expect(text(body)).toBe(body);
});
test("hides headers that carry secrets by name", () => {
  expect(header("Authorization", "Bearer x")).toBe("[redacted]");
  expect(header("set-cookie", "a=b")).toBe("[redacted]");
  expect(header("Content-Type", "text/plain\u001b[31m")).toBe("text/plain\\u001b[31m");
});

test("hides a known token in part, and in other forms", () => {
  const token = fc.stringMatching(/^[A-Za-z0-9._-]{24,80}$/);
  const form = fc.constantFrom<(value: string) => string>(
    (value) => value,
    (value) => Buffer.from(value).toString("base64"),
    (value) => Buffer.from(value).toString("hex"),
    encodeURIComponent,
  );
  fc.assert(
    fc.property(token, form, fc.string(), fc.nat(8), (secret, shape, around, cut) => {
      const part = shape(secret).slice(cut);
      const { text: hide, body } = createRedactor([secret]);
      for (const shown of [hide(`${around}${part}${around}`), body(`${around} ${part}`)]) {
        for (let at = 0; at + 12 <= part.length; at++)
          expect(shown.includes(part.slice(at, at + 12)) && !around.includes(part.slice(at, at + 12))).toBe(false);
      }
    }),
  );
});

test("hides the lines of a key", () => {
  const line = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";
  const { text: hide } = createRedactor([`-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----`]);
  expect(hide(`x ${line.slice(3, 30)} y`)).toBe("x [redacted] y");
});

test.each([
  `{"a":"{\\"name\\":\\"A\\",\\"value\\":\\"${"\\".repeat(20_000)}`,
  '\\"value\\":\\"'.repeat(3_000),
  '"value":"'.repeat(4_000),
  `"value"${" ".repeat(30_000)}`,
  `Bearer${" ".repeat(30_000)}`,
  "-----BEGIN A PRIVATE KEY-----".repeat(1_000),
  `"${"token".repeat(6_000)}`,
])("takes no time without bounds for text made to take it", (hostile) => {
  expect(text(hostile).length).toBeLessThanOrEqual(hostile.length + 100_000);
});
