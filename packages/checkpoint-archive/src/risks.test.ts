import { expect, test } from "vitest";

import { readRisks } from "./risks.ts";

const variables = (...names: string[]): string[] =>
  readRisks({ process: { env: names.map((name) => `${name}=value`) } }, []).secretVariables;

test("names that look like secrets", () => {
  const names = [
    "API_KEY",
    "APIKEY",
    "AWS_SECRET_ACCESS_KEY",
    "DB_PASS",
    "GITHUB_TOKEN",
    "MYSQL_PWD",
    "app.password",
    "credentials",
    "SENTRY_DSN",
  ];
  expect(variables(...names)).toEqual(names.toSorted());
});

test("names that do not", () => {
  expect(
    variables("PATH", "PWD", "OLDPWD", "HOME", "KEYBOARD", "PASSIVE", "TOKENIZER", "AUTHOR", "SSH_AUTH_SOCK", "MONKEY", "KUBERNETES_PORT"),
  ).toEqual([]);
});

const uid = "8f101d83-fda3-6835-2e6f-e5615fd40e98";
const bind = (source: unknown, more: object = {}): object => ({ source, destination: "/x", type: "bind", ...more });
const sources = (mounts: unknown, owners: (string | null)[] = [uid]): string[] =>
  readRisks({ mounts }, owners).hostPaths.map(({ source }) => source);

test("bind mounts of other paths than the pod's own", () => {
  expect(
    sources([
      bind(`/var/lib/kubelet/pods/${uid}/etc-hosts`),
      bind("/srv/b"),
      bind("/srv/a", { type: "none", options: ["rbind", "ro"] }),
      bind("proc", { type: "proc" }),
      bind("/dev/shm", { type: "tmpfs" }),
      bind(`/srv/${uid}x`),
      bind(`/srv/${uid}/../b2`),
    ]),
  ).toEqual(["/srv/8f101d83-fda3-6835-2e6f-e5615fd40e98/../b2", `/srv/${uid}x`, "/srv/a", "/srv/b"].toSorted());
});

test("an id that is a word hides no path", () => {
  expect(sources([bind("/etc/shadow")], ["etc", "", null])).toEqual(["/etc/shadow"]);
});

test.each([null, [], { process: [], mounts: {} }, { process: { env: [1, null] }, mounts: [null, 3, bind(7)] }])(
  "%j has no risks",
  (spec) => {
    expect(readRisks(spec, [uid])).toEqual({ secretVariables: [], hostPaths: [] });
  },
);
