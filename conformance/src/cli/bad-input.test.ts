import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { createAuthority } from "@kubelet-conformance/control-plane";
import { type RunningKubelet, startKubelet } from "@kubelet-conformance/reference-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, scratch } from "./cli.support.ts";

const files = await scratch();
const closers: (() => void)[] = [];
let kubelet: RunningKubelet;
let access: string[];

beforeAll(async () => {
  kubelet = await startKubelet({ kubernetesVersion: "1.36" });
  await kubelet.settled;
  const ca = await files.file("ca.pem", kubelet.caCertificate);
  const cert = await files.file("admin.pem", kubelet.adminCredentials?.cert ?? "");
  const key = await files.file("admin-key.pem", kubelet.adminCredentials?.key ?? "");
  access = ["--certificate-authority", ca, "--client-certificate", cert, "--client-key", key];
});
afterAll(() => files.remove());
afterAll(async () => {
  for (const close of closers) close();
  await kubelet.stop();
});

/** What the command says when it refuses: one line on standard error, nothing on standard output, exit 2. */
async function refusal(args: readonly string[], environment?: Record<string, string>): Promise<string> {
  const { code, out, err } = await cli(args, environment);
  const line = err.trimEnd();
  return code === 2 && out === "" && !line.includes("\n") ? line : `exit ${code}\n${out}\n${err}`;
}

async function listening(server: http.Server | https.Server): Promise<number> {
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port;
}

describe("the command line", () => {
  test.each<[string[], RegExp]>([
    [["rnu"], /there is no command "rnu"; did you mean "run"\?/],
    [["run", "--serve", "x"], /unknown flag --serve; did you mean "--server"\?/],
    [["run", "-x"], /unknown flag -x/],
    [["run", "--no-server"], /unknown flag --no-server/],
    [["run"], /which kubelet\? Give --server URL/],
    [["run", "https://x"], /run takes no argument "https:\/\/x"; the kubelet is named by --server URL/],
    [["run", "--server"], /--server needs a value: --server URL/],
    [["run", "--server", "--strict"], /--server needs a value/],
    [["run", "--server", "10.0.0.7:10250"], /has no scheme; write https:\/\/10\.0\.0\.7:10250/],
    [["run", "--server", "node1"], /write https:\/\/node1:10250/],
    [["run", "--server", "ftp://x"], /is no URL of a kubelet/],
    [["run", "--server", "https://x/pods"], /has a path; write https:\/\/x$/m],
    [["run", "--server", "https://u:p@x"], /must not hold credentials/],
    [["run", "--server", "https://x", "--timeout", "soon"], /--timeout is a number from 0\.1 to 3600, not "soon"/],
    [["run", "--server", "https://x", "--profile", "chekpoint"], /there is no profile "chekpoint"; did you mean "checkpoint"\?/],
    [["run", "--server", "https://x", "--focus", "checkpoint.respons"], /names no requirement; did you mean "checkpoint.response"\?/],
    [
      ["run", "--server", "https://x", "--report", "pdf=x"],
      /there is no report kind "pdf"; known are json, html, markdown, junit, sarif, ctrf, tap, badge, in-toto/,
    ],
    [["run", "--server", "https://x", "--report", "htm=x"], /there is no report kind "htm"; did you mean "html"\?/],
    [["run", "--server", "https://x", "--report", "json"], /write --report json=FILE/],
    [["run", "--server", "https://x", "--output", "prety"], /--output prety: write pretty, plain or json; did you mean "pretty"\?/],
    [["run", "--server", "https://x", "--pod", "web"], /--pod web: write NAMESPACE\/POD\/CONTAINER/],
    [["run", "--server", "https://x", "--exec", "default/web"], /--exec default\/web: write NAMESPACE\/POD\/CONTAINER/],
    [["run", "--server", "https://x", "--declare", "listening-port=http"], /the value must be a port from 1 to 65535/],
    [["run", "--server", "https://x", "--declare", "gate=true"], /--declare knows no "gate"; known are checkpoint-gate/],
    [["run", "--server", "https://x", "--declare", "anonymous=maybe"], /the value must be true or false/],
    [["run", "--server", "https://x", "--declare", "ticking-container=soon"], /the value must be the seconds within which it logs/],
    [["run", "--server", "https://x", "--declare", "second-container=p"], /the value must be NAMESPACE\/POD\/CONTAINER/],
    [["run", "--server", "https://x", "--declare", "time-zone=CET"], /the value must be Z or an offset such as \+02:00/],
    [["run", "--server", "https://x", "--token", "a", "--token-file", "b"], /give one of them/],
    [["run", "--server", "https://x", "--client-key", "b"], /add --client-certificate FILE/],
    [["run", "--server", "https://x", "--update-known-failures"], /--known-failures FILE/],
    [["run", "--node", "n"], /--node needs to know the cluster: --kubeconfig FILE/],
    [["run", "--kubeconfig", "x"], /which node of the cluster\? Give --node NAME, or --all-nodes/],
    [["run", "--kubeconfig", "x", "--node", "n", "--all-nodes"], /--node and --all-nodes exclude each other/],
    [["run", "--kubeconfig", "x", "--node", "n", "--direct", "--server", "https://x"], /two ways to one kubelet/],
    [["run", "--kubeconfig", "x", "--all-nodes", "--server", "https://x"], /one --server goes with one --node/],
    [["run", "--server", "https://x", "--server", "https://y", "--runtime-endpoint", "unix:///x"], /is the runtime of one node/],
    [["run", "--server", "https://x", "--runtime-endpoint", "/run/x.sock"], /--runtime-endpoint: .*write it as unix:\/\//],
    [["run", "--kubeconfig", "/nowhere/x", "--node", "n"], /\/nowhere\/x: the kubeconfig cannot be read \(ENOENT\)/],
    [["explain"], /explain takes one requirement id/],
    [["explain", "checkpoint.response.unknown-pd"], /did you mean "checkpoint.response.unknown-pod"\?/],
    [["list", "--level", "MAYBE"], /there is no level "MAYBE"/],
    [["list", "--kubernetes-version", "1.10"], /covered are 1\.25 to/],
    [["testbed", "--kubelet", "./kubelet"], /--kubelet \.\/kubelet: there is no such file/],
    [["testbed", "--kubelet", "/"], /--kubelet \/: it is not a file/],
    [["testbed", "--kubelet", "/bin/true"], /--version" does not answer as a kubelet/],
    [["testbed", "--kubelet", "/bin/true", "--deviation", "x"], /--deviation is for the reference kubelet/],
    [["testbed", "--runtime", "unix:///run/x.sock"], /--runtime unix:\/\/\/run\/x\.sock is for a kubelet's program/],
    [["testbed", "--memory", "64"], /--memory is for a real runtime under a kubelet's program: --kubelet PATH --runtime/],
    [["testbed", "--kubelet", "/bin/true", "--image", "x"], /--image is for a real runtime/],
    [["testbed", "--restore"], /--restore is for a real runtime .*: in the runtime double containers are always made of archives/],
    [["testbed", "--kubelet", "/bin/true", "--restore"], /--restore is for a real runtime/],
    [["testbed", "--kubelet", "/bin/true", "--runtime", "x.sock"], /--runtime x\.sock: write double, or unix:\/\/\/PATH/],
    [["testbed", "--", "--v=4"], /--v=4: the reference kubelet takes flags as a program only/],
    [["testbed", "--scenario", "gate-of"], /did you mean "gate-off"\?/],
    [["testbed", "--scenario", "large"], /no scenario "large" with this runtime; it needs a real one: --runtime/],
    [
      ["testbed", "--runtime", "unix:///run/x.sock", "--scenario", "runtime-busy"],
      /"runtime-busy" with this runtime; it needs the runtime double/,
    ],
    [
      ["testbed", "--known-failures", "/nonexistent.yaml"],
      /known-failures file \/nonexistent\.yaml cannot be read: there is no such file; --update-known-failures creates it/,
    ],
    [["testbed", "--known-failures", "/"], /known-failures file \/ cannot be read: it is a directory$/],
    [["testbed", "--update-known-failures"], /--known-failures FILE/],
    [["testbed", "--score", "al"], /--score al: write frozen or all; did you mean "all"\?/],
    [["testbed", "--rerun-failed", "/nowhere.json"], /report \/nowhere\.json cannot be read: there is no such file/],
    [["run", "--server", "https://x", "--server", "https://y", "--rerun-failed", "x.json"], /it is the report of one kubelet; name one/],
    [["diff", "one.json"], /diff takes two reports: kubelet-conformance diff OLD\.json NEW\.json/],
    [["diff", "a.json", "b.json", "c.json"], /diff takes two reports/],
    [["diff", "a.json", "b.json", "--output", "html"], /--output html: write pretty, plain, json or markdown/],
    [["inspect"], /name an archive/],
    [["list", "--lang", "fr"], /--lang fr: write en, zh, ja or ko/],
    [["list", "--output", "yaml"], /--output yaml: write table or json/],
    [["completion"], /for which shell\? kubelet-conformance completion bash \| zsh \| fish/],
    [["completion", "bahs"], /did you mean "bash"\?/],
  ])("%j", async (args, pattern) => {
    expect(await refusal(args)).toMatch(pattern);
  });

  test("a variable with a bad value names the flag", async () => {
    expect(
      await refusal(["run", "--server", "https://x"], {
        KUBELET_CONFORMANCE_CONCURRENCY: "many",
      }),
    ).toMatch(/--concurrency is a number from 1 to 64, not "many"/);
  });
  test.each([
    ["KUBELET_CONFORMANCE_SERVR", /unknown environment variable KUBELET_CONFORMANCE_SERVR; did you mean "KUBELET_CONFORMANCE_SERVER"\?/],
    ["KUBELET_CONFORMANCE_READONLY_PORT", /did you mean "KUBELET_CONFORMANCE_READ_ONLY_PORT"\?/],
    ["KUBELET_CONFORMANCE_COLOUR", /variable KUBELET_CONFORMANCE_COLOUR; a variable is KUBELET_CONFORMANCE_ and an option's name/],
  ])("a mistyped variable %s is refused, whatever the command", async (variable, pattern) => {
    for (const args of [["run", "--server", "https://127.0.0.1:1"], ["list"]])
      expect(await refusal(args, { [variable]: "x" })).toMatch(pattern);
  });
  test("a variable of another command's option, of none with an empty value, and of another program are not in the way", async () => {
    const environment = { KUBELET_CONFORMANCE_SERVER: "https://x", KUBELET_CONFORMANCE_SERVR: "", KUBELET_SERVER: "x" };
    expect(await cli(["list", "--profile", "checkpoint"], environment)).toMatchObject({ code: 0, err: "" });
  });
});

describe("files", () => {
  const at = async (flag: string, name: string, content: string): Promise<string[]> => [
    "run",
    "--server",
    "https://127.0.0.1:1",
    flag,
    await files.file(name, content),
  ];

  test("a configuration file that is no YAML names the line", async () => {
    expect(await refusal(["run", "--config", await files.file("bad.yaml", "server: https://x\nprofile: [a\n")])).toMatch(/bad\.yaml:\d+: /);
  });
  test("an unknown key names the line and the nearest", async () => {
    expect(await refusal(["run", "--config", await files.file("key.yaml", "strict: true\nservr: https://x\n")])).toMatch(
      /key\.yaml:2: unknown option "servr"; did you mean "server"\?/,
    );
  });
  test("a configuration file that is not there", async () => {
    expect(await refusal(["run", "--config", "/nowhere/x.yaml"])).toMatch(
      /configuration file \/nowhere\/x\.yaml cannot be read: there is no such file/,
    );
  });
  test("an empty token file", async () =>
    expect(await refusal(await at("--token-file", "token", "\n"))).toMatch(/token file .* is empty; write the token into it/));
  test("a token file with two tokens", async () =>
    expect(await refusal(await at("--token-file", "tokens", "a\nb\n"))).toMatch(/holds more than one token/));
  test("a token file that is not there", async () => {
    expect(await refusal(["run", "--server", "https://127.0.0.1:1", "--token-file", "/nowhere"])).toMatch(
      /token file \/nowhere cannot be read: there is no such file/,
    );
  });
  test("an authority that is no certificate", async () =>
    expect(await refusal(await at("--certificate-authority", "ca.txt", "hello"))).toMatch(/holds no certificate in PEM form/));
  test("a key of another certificate", async () => {
    const authority = await createAuthority({ commonName: "ca" });
    const [one, two] = [authority.issue({ commonName: "a", usage: "client" }), authority.issue({ commonName: "b", usage: "client" })];
    const args = await at("--client-certificate", "one.pem", one.cert);
    expect(await refusal([...args, "--client-key", await files.file("two.pem", two.key)])).toMatch(/does not belong to certificate/);
  });
  test("an expired client certificate", async () => {
    const authority = await createAuthority({ commonName: "ca" });
    const expired = authority.issue({ commonName: "a", usage: "client", notAfter: new Date(Date.now() - 60_000) });
    const args = await at("--client-certificate", "expired.pem", expired.cert);
    expect(await refusal([...args, "--client-key", await files.file("expired-key.pem", expired.key)])).toMatch(
      /expired on .*; get a new one/,
    );
  });
  test.each([
    ["- { id: no.such, reason: x }", /known\.yaml:1: there is no requirement "no\.such"/],
    [
      "- { id: checkpoint.response.ok, reason: x }\n- { id: checkpoint.response.ok }",
      /known\.yaml:2: the entry of checkpoint\.response\.ok needs a reason/,
    ],
    ["a: 1", /known\.yaml:1: expected a list/],
    [
      "- { id: health.main.ok, reason: x }\n\n- { id: health.main.ok, reason: y }",
      /known\.yaml:3: health\.main\.ok has an entry already, in line 1; keep one of them/,
    ],
    [
      "- { id: health.main.*, reason: x }",
      /"health\.main\.\*" names 7 requirements and an entry one; write an entry for each that fails: health/,
    ],
    ["- { id: health.main.okay, reason: x }", /no requirement "health\.main\.okay".* did you mean "health\.main\.ok"\?/],
    ["- { id: health.main.ok, reason: x, expires: 2027-02-31 }", /expires of health\.main\.ok is a date such as/],
    ["- { id: health.main.ok, reason: x, until: y }", /unknown member "until"; an entry is \{ id, reason, link, expires \}/],
    ["- { id: checkpoint.response.ok, reason: x, expires: soon }", /expires of checkpoint\.response\.ok is a date/],
  ])("a known-failures file %j", async (content, pattern) => {
    expect(await refusal(await at("--known-failures", "known.yaml", content))).toMatch(pattern);
  });
  test.each([
    ["run", "--server", "https://127.0.0.1:1", "--report"],
    ["testbed", "--report"],
    ["prove", "--file"],
  ])("%s is not begun when its outcome cannot be written", async (...args) => {
    const kind = args.includes("--report") ? "json=" : "";
    expect(await refusal([...args, `${kind}/nowhere/at/all/report.json`])).toMatch(
      /report\.json cannot be written: there is no directory \/nowhere\/at\/all; create it first/,
    );
    expect(await refusal([...args, `${kind}${files.directory}`])).toMatch(/cannot be written: it is a directory; name a file in it/);
  });
});

describe("targets", () => {
  const run = (server: string, ...more: string[]): string[] => ["run", "--server", server, ...more];
  const serve = (answer: (request: http.IncomingMessage, response: http.ServerResponse) => void): Promise<number> =>
    listening(http.createServer(answer));

  test("refused", async () =>
    expect(await refusal(run("https://127.0.0.1:1"))).toMatch(
      /nothing listens on https:\/\/127\.0\.0\.1:1: start the kubelet, or correct the port/,
    ));
  test("a name that is not known", async () =>
    expect(await refusal(run("https://no-such-host.invalid:10250"))).toMatch(/cannot be reached .*check the name/));
  test("a certificate of an unknown authority", async () =>
    expect(await refusal(run(kubelet.urls.main))).toMatch(
      /does not come from an authority that this machine knows: give the right one with --certificate-authority FILE/,
    ));
  test("a wrong authority", async () => {
    const other = await createAuthority({ commonName: "other" });
    expect(await refusal(run(kubelet.urls.main, "--certificate-authority", await files.file("other.pem", other.cert)))).toMatch(
      /does not come from the given certificate authority/,
    );
  });
  test("a certificate for another name", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--tls-server-name", "elsewhere"))).toMatch(
      /is for another name: say which with --tls-server-name NAME/,
    );
  });
  test("an expired certificate", async () => {
    const authority = await createAuthority({ commonName: "ca" });
    const expired = authority.issue({ commonName: "node", names: ["127.0.0.1"], usage: "server", notAfter: new Date(Date.now() - 60_000) });
    const port = await listening(https.createServer(expired, (_request, response) => response.end("ok")));
    expect(
      await refusal(run(`https://127.0.0.1:${port}`, "--certificate-authority", await files.file("expired-ca.pem", authority.cert))),
    ).toMatch(/has expired: renew it, or test without looking at it/);
  });
  test("plain HTTP on a TLS port", async () => {
    const port = await serve((_request, response) => response.end("ok"));
    expect(await refusal(run(`https://127.0.0.1:${port}`))).toMatch(/does not speak TLS: use the kubelet's HTTPS port/);
  });
  test("something that is not a kubelet", async () => {
    const port = await serve((_request, response) => response.end("<html>Welcome</html>"));
    expect(await refusal(run(`http://127.0.0.1:${port}`))).toMatch(/is not a kubelet \(GET \/pods was answered with 200\)/);
  });
  test("an API server", async () => {
    const port = await serve((_request, response) => response.writeHead(403).end('{"kind":"Status","apiVersion":"v1","code":403}'));
    expect(await refusal(run(`http://127.0.0.1:${port}`))).toMatch(/is a Kubernetes API server, not a kubelet/);
  });
  test("a TLS port of Go asked over plain HTTP", async () => {
    const port = await serve((_request, response) => response.writeHead(400).end("Client sent an HTTP request to an HTTPS server.\n"));
    expect(await refusal(run(`http://127.0.0.1:${port}`))).toMatch(new RegExp(`speaks TLS on this port: write https://127.0.0.1:${port}`));
  });
  test("silence", async () => {
    const port = await serve(() => {});
    expect(await refusal(run(`http://127.0.0.1:${port}`, "--timeout", "0.2"))).toMatch(/gave no answer: no complete answer within 0\.2 s/);
  });
  test("credentials that it does not accept", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access.slice(0, 2), "--token", "wrong"))).toMatch(
      /does not accept these credentials \(401\)/,
    );
  });
  test("a pod that does not exist", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--pod", "default/absent/c"))).toMatch(
      /there is no pod default\/absent on this node; it has default\/sample/,
    );
  });
  test("a container that the pod has not", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--checkpoint", `default/sample-${kubelet.nodeName}/absent`))).toMatch(
      /has no container absent; it has .*counter/,
    );
  });
  test("a container for commands that the pod has not", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--exec", `default/sample-${kubelet.nodeName}/absent`))).toMatch(
      /--exec: pod .* has no container absent; it has .*counter/,
    );
  });
  test("a container that does not run", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--checkpoint", `default/sample-${kubelet.nodeName}/waiting`))).toMatch(
      /does not run; name one that does/,
    );
  });
  test("a node root that is not there", async () => {
    expect(await refusal(run(kubelet.urls.main, ...access, "--node-root", "/nowhere"))).toMatch(/--node-root \/nowhere is no directory/);
  });
});
