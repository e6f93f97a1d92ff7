import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type request from "supertest";
import { expect, test } from "vitest";
import { temporaryDirectory, testKubelet, withoutDate } from "../kubelet.test.support.ts";

const head = '<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n';

async function logs(): Promise<string> {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, "d/sub"), { recursive: true });
  for (const name of ["plain.txt", "a:b.txt", "<b>&'.txt", "100%.txt", "ünï.txt", "odd?#.txt"]) {
    await writeFile(join(directory, "d", name), "hello from the node\n");
  }
  await writeFile(join(directory, "d/rotated.log.gz"), Buffer.from("\x1f\x8b\x08\x00abc", "latin1"));
  await symlink("sub", join(directory, "d/link"));
  await symlink("/etc/hostname", join(directory, "outside.log"));
  await writeFile(join(directory, "service.log"), "service log\n");
  const time = new Date("2026-01-02T03:04:05.600Z");
  await utimes(join(directory, "d/plain.txt"), time, time);
  return directory;
}

test("a listing is sorted by bytes, escaped for HTML and for URLs, and follows no links", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  expect((await kubelet.get("/logs/d/").expect(200)).text).toBe(
    `${head}<a href="100%25.txt">100%.txt</a>\n<a href="%3Cb%3E&%27.txt">&lt;b&gt;&amp;&#39;.txt</a>\n<a href="./a:b.txt">a:b.txt</a>\n` +
      '<a href="link">link</a>\n<a href="odd%3F%23.txt">odd?#.txt</a>\n<a href="plain.txt">plain.txt</a>\n' +
      '<a href="rotated.log.gz">rotated.log.gz</a>\n<a href="sub/">sub/</a>\n<a href="%C3%BCn%C3%AF.txt">ünï.txt</a>\n</pre>\n',
  );
});

test("several ranges come as the parts of one body", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  const { headers, body } = await kubelet.get("/logs/d/plain.txt").set("Range", "bytes=0-0,5-6").buffer(true).parse(bytes).expect(206);
  const boundary = /^multipart\/byteranges; boundary=([0-9a-f]{60})$/.exec(headers["content-type"] ?? "")?.[1];
  const part = (range: string, text: string) =>
    `--${boundary}\r\nContent-Range: bytes ${range}/20\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
  expect(String(body)).toBe(`${part("0-0", "h")}\r\n${part("5-6", " f")}\r\n--${boundary}--\r\n`);
  expect(headers["content-length"]).toBe(String(String(body).length));
});

// Every line as real kubelets of 1.34 or 1.36 answered it.
test.each([
  ["bytes=0-3", 206, "bytes 0-3/20", "hell"],
  ["bytes=-4", 206, "bytes 16-19/20", "ode\n"],
  ["bytes=15-100", 206, "bytes 15-19/20", "node\n"],
  ["bytes=0-3,", 206, "bytes 0-3/20", "hell"],
  ["bytes=0-3,100-", 206, "bytes 0-3/20", "hell"],
  ["bytes=", 200, undefined, "hello from the node\n"],
  ["bytes=0-19,0-19", 200, undefined, "hello from the node\n"],
  ["bytes=100-", 416, "bytes */20", "invalid range: failed to overlap\n"],
  ["bytes=3-1", 416, undefined, "invalid range\n"],
  ["bytes=1", 416, undefined, "invalid range\n"],
  ["lines=1-2", 416, undefined, "invalid range\n"],
])("Range: %s is %i", async (range, status, contentRange, text) => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  const answer = await kubelet.get("/logs/d/plain.txt").set("Range", range).buffer(true).parse(bytes).expect(status);
  expect([answer.headers["content-range"], String(answer.body)]).toEqual([contentRange, text]);
});

test("conditions of a request", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  const status = async (headers: Record<string, string>) => (await kubelet.get("/logs/d/plain.txt").set(headers)).status;
  const at = "Fri, 02 Jan 2026 03:04:05 GMT";
  const before = "Fri, 02 Jan 2026 03:04:04 GMT";
  expect(await status({ "If-Modified-Since": at })).toBe(304);
  expect(await status({ "If-Modified-Since": "Friday, 02-Jan-26 03:04:05 GMT" })).toBe(304);
  expect(await status({ "If-Modified-Since": "Fri Jan  2 03:04:05 2026" })).toBe(304);
  expect(await status({ "If-Modified-Since": before })).toBe(200);
  expect(await status({ "If-Modified-Since": "Fri, 2 Jan 2026 03:04:05 GMT" })).toBe(200);
  expect(await status({ "If-Modified-Since": at, "If-None-Match": '"x"' })).toBe(200);
  expect(await status({ "If-None-Match": 'W/"x", *' })).toBe(304);
  expect(await status({ "If-Unmodified-Since": before })).toBe(412);
  expect(await status({ "If-Match": "*" })).toBe(200);
  expect(await status({ "If-Match": '"x"' })).toBe(412);
  expect(await status({ "If-Range": before, Range: "bytes=0-1" })).toBe(200);
  expect(await status({ "If-Range": at, Range: "bytes=0-1" })).toBe(206);
});

test("redirects are relative and keep the query; dots lead no higher than the directory", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  const location = async (path: string) => (await kubelet.get(path).expect(301)).headers["location"];
  expect(await location("/logs/d?a=b")).toBe("d/?a=b");
  expect(await location("/logs/d/link")).toBe("link/");
  expect(await location("/logs/d/plain.txt/?q=1")).toBe("../plain.txt?q=1");
  expect(await location("/logs/d/index.html?x=1")).toBe("./?x=1");
  await kubelet.get("/logs/%2e%2e/%2e%2e/d/plain.txt").expect(200);
  await kubelet.get("/logs/d/plain.txt/x").expect(404, "404 page not found\n");
  await kubelet.get(`/logs/${"n".repeat(300)}`).expect(500, "500 Internal Server Error\n");
});

test("what depends on the Go release of a build", async () => {
  const systemLogsDirectory = await logs();
  const [old, newer] = [
    await testKubelet({ kubernetesVersion: "1.30", systemLogsDirectory }),
    await testKubelet({ kubernetesVersion: "1.36", systemLogsDirectory }),
  ];
  expect((await old.get("/logs/d/rotated.log.gz")).headers["content-type"]).toBe("application/x-gzip");
  expect((await newer.get("/logs/d/rotated.log.gz")).headers["content-type"]).toBe("application/gzip");
  expect((await old.get("/logs/d/plain.txt").set("Range", "bytes=9-1")).headers).toHaveProperty("last-modified");
  expect((await newer.get("/logs/d/plain.txt").set("Range", "bytes=9-1")).headers).not.toHaveProperty("last-modified");
  await old.get("/logs/d/%ff").expect(500);
  await newer.get("/logs/d/%ff").expect(404);
});

test("the node log query, by minor", async () => {
  const systemLogsDirectory = await logs();
  const configuration = { enableSystemLogQuery: true, featureGates: { NodeLogQuery: true } };
  const ask = async (kubernetesVersion: string) => {
    const kubelet = await testKubelet({ kubernetesVersion, systemLogsDirectory, configuration });
    return async (query: string) => {
      const { status, text } = await kubelet.get(`/logs/?${query}`);
      return [status, text.replace(systemLogsDirectory, "/var/log")];
    };
  };
  const [old, newer] = [await ask("1.33"), await ask("1.36")];
  expect(await old("query=service&query=none")).toEqual([200, "service log\n\nlog not found for none\n"]);
  expect(await old("query=outside")).toEqual([200, "\nlog not found for outside\n"]);
  const long = "a".repeat(255);
  const opening = `securejoin.OpenInRoot ${long}.log: openat2 /var/log//${long}.log: file name too long`;
  expect(await old(`query=${long}`)).toEqual([200, `\nerror getting log for ${long}: ${opening}\n`]);
  expect(await newer("query=outside")).toEqual([200, "\nerror getting log for outside: openat outside.log: path escapes from parent\n"]);
  expect(await old("query=/d/absent.txt")).toEqual([
    406,
    'query: Invalid value: []string{"/d/absent.txt"}: stat /var/log/d/absent.txt: no such file or directory\n',
  ]);
  expect(await newer("query=/a%3Cb&query=/c")).toEqual([
    406,
    'query: Invalid value: ["/a\\u003cb","/c"]: cannot specify more than one file\n',
  ]);
  expect((await newer("query=d/plain.txt"))[1]).toBe("hello from the node\n");
  const times = "query=x&sinceTime=2026-01-02T00:00:00.5%2B05:30&untilTime=2026-01-01T00:00:00.25%2B05:30";
  expect((await old(times))[1]).toBe("untilTime: Invalid value: 2026-01-01 00:00:00.25 +0530 +0530: must be after `sinceTime`\n");
  expect((await newer(times))[1]).toBe('untilTime: Invalid value: "2026-01-01T00:00:00.25+05:30": must be after `sinceTime`\n');
});

test("a client of HTTP/1.0 gets a long log whole, and the end of the connection", async () => {
  const systemLogsDirectory = await temporaryDirectory();
  await writeFile(join(systemLogsDirectory, "long.log"), "x".repeat(100_000));
  const kubelet = await testKubelet({ systemLogsDirectory, configuration: { enableSystemLogQuery: true } });
  const answer = withoutDate(await kubelet.raw("GET /logs/?query=long HTTP/1.0\r\n\r\n"));
  expect(answer).toBe(`HTTP/1.0 200 OK\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n${"x".repeat(100_000)}`);
});

/** A parser for supertest that leaves every body as it is. */
const bytes = ((response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const pieces: Buffer[] = [];
  response.on("data", (piece: Buffer) => pieces.push(piece));
  response.on("end", () => done(null, Buffer.concat(pieces)));
  // supertest's types do not know that node's own response comes here.
}) as unknown as Parameters<request.Test["parse"]>[0];

test("the containers' logs are linked under the names that collectors look for", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await temporaryDirectory() });
  await kubelet.settled;
  const { text } = await kubelet.get("/logs/containers/").expect(200);
  const [name = ""] = /counter-node_default_init-[0-9a-f]{64}\.log/.exec(text) ?? [];
  expect((await kubelet.get(`/logs/containers/${name}`).expect(200)).text).toMatch(/ stdout F init done\n$/);
});

test("the prefix is looked for in the path as it was sent", async () => {
  const kubelet = await testKubelet({ systemLogsDirectory: await logs() });
  expect((await kubelet.get("/%6Cogs/d/").expect(404)).text).toBe("404 page not found\n");
  await kubelet.get("/logs/%64/").expect(200);
});
