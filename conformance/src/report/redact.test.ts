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
