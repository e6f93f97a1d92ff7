import { describe, expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { compareExchange } from "./compare.ts";
import type { RecordedAnswer } from "./recording.ts";

const recorded: RecordedAnswer = {
  status: 405,
  reason: "Method Not Allowed",
  headers: [
    ["Allow", "POST"],
    ["Content-Length", "23"],
    ["Connection", "close"],
  ],
  body: "405: Method Not Allowed",
};

function answer(changes: Partial<Omit<Answer, "body">> & { body?: string } = {}): Answer {
  const { status, reason, headers, body } = recorded;
  return { status, reason: reason ?? "", headers, stayedOpen: false, ...changes, body: Buffer.from(changes.body ?? String(body)) };
}

function fields(response: RecordedAnswer, answered: Answer, places: readonly (readonly [string, string])[] = []): readonly string[] {
  return compareExchange(response, answered, places).map(({ field }) => field);
}

describe("an answer as recorded", () => {
  it("has no differences, whatever Date and Connection say", () => {
    const headers = [
      ["Date", "Sat, 21 Nov 2026 08:02:14 GMT"],
      ["Allow", "POST"],
      ["Content-Length", "23"],
    ] as const;
    expect(fields(recorded, answer({ headers }))).toEqual([]);
  });

  it("may differ in volatile parts and in the length that follows from them", () => {
    const response: RecordedAnswer = {
      status: 200,
      reason: "OK",
      headers: [["Content-Length", "61"]],
      body: '{"items":["/var/lib/kubelet/checkpoints/2026-11-21T07:59:27Z"]}',
    };
    const body = '{"items":["/tmp/root/checkpoints/2027-01-01T00:00:00+01:00"]}';
    const exact = { ...response, headers: [["Content-Length", String(Buffer.byteLength(String(response.body)))]] as const };
    const answered = answer({ status: 200, reason: "OK", headers: [["Content-Length", String(body.length)]], body });
    expect(fields(exact, answered, [["/tmp/root", "/var/lib/kubelet"]])).toEqual([]);
    expect(fields(exact, answered)).toEqual(["body .items[0]"]);
  });
});

describe("a difference is named", () => {
  it.each([
    ["status", answer({ status: 404 })],
    ["reason", answer({ reason: "method not allowed" })],
    [
      "header Allow",
      answer({
        headers: [
          ["Allow", "GET, POST"],
          ["Content-Length", "23"],
        ],
      }),
    ],
    ["header Allow", answer({ headers: [["Content-Length", "23"]] })],
    [
      "header X-Extra",
      answer({
        headers: [
          ["Allow", "POST"],
          ["Content-Length", "23"],
          ["X-Extra", "1"],
        ],
      }),
    ],
    [
      "order of headers",
      answer({
        headers: [
          ["Content-Length", "23"],
          ["Allow", "POST"],
        ],
      }),
    ],
    [
      "header Content-Length",
      answer({
        headers: [
          ["Allow", "POST"],
          ["Content-Length", "99"],
        ],
      }),
    ],
    ["connection", answer({ stayedOpen: true })],
  ])("%s", (field, answered) => {
    expect(fields(recorded, answered)).toEqual([field]);
  });

  it("in the case of a header's name", () => {
    expect(
      fields(
        recorded,
        answer({
          headers: [
            ["allow", "POST"],
            ["Content-Length", "23"],
          ],
        }),
      ),
    ).toEqual(["header Allow", "header allow"]);
  });

  it("in the body", () => {
    expect(
      fields(
        recorded,
        answer({
          body: "405: Method Not Allowed\n",
          headers: [
            ["Allow", "POST"],
            ["Content-Length", "24"],
          ],
        }),
      ),
    ).toEqual(["body"]);
  });

  it("where no answer came, on either side", () => {
    expect(compareExchange(recorded, { error: "ECONNRESET" }, [])).toEqual([
      { field: "answer", recorded: "405 Method Not Allowed", answered: "none: ECONNRESET" },
    ]);
    expect(compareExchange({ error: "Protocol error" }, answer(), [])).toHaveLength(1);
    expect(compareExchange({ error: "Protocol error" }, { error: "HTTP/2 was not agreed on" }, [])).toEqual([]);
  });
});

describe("a body of which only a part was kept", () => {
  const volatile = (starts: string): RecordedAnswer => ({ status: 200, reason: "OK", headers: [], body: { length: "volatile", starts } });
  const listed = (body: string) => answer({ status: 200, reason: "OK", headers: [["Content-Length", String(body.length)]], body });

  it("is compared from its beginning, and its length is left out as the recorder did", () => {
    expect(fields(volatile('{"kind":"PodList","items":[{"na'), listed('{"kind":"PodList","items":[{"name":"x"}]}'))).toEqual([]);
    expect(fields(volatile('{"kind":"PodList","items":[{"na'), listed('{"kind":"NodeList","items":[]}'))).toEqual([
      "beginning of the body",
    ]);
  });

  it("may be cut inside a volatile word", () => {
    expect(fields(volatile('{"uid":"7d91e2cb80bd13'), listed('{"uid":"00000000000000000000000000000000"}'))).toEqual([]);
  });

  it("keeps its length when nothing in it changes", () => {
    const long: RecordedAnswer = { status: 200, reason: "OK", headers: [], body: { sha256: "0", length: 4000, starts: "abc " } };
    expect(fields(long, answer({ status: 200, reason: "OK", headers: [], body: "abc def" }))).toEqual(["length of the body"]);
  });
});
