import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scratch } from "../../cli/cli.support.ts";
import { thaw } from "./frozen.ts";

const files = await scratch();
afterAll(() => files.remove());

const own = "a".repeat(64);
const other = "b".repeat(64);

/** A hierarchy as the kernel shows it. */
async function hierarchy(name: string, states: Record<string, string>): Promise<string> {
  const root = join(files.directory, name);
  for (const [path, content] of Object.entries(states)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), `${content}\n`);
  }
  return root;
}

test("containers that stayed frozen are thawed by their ids, whatever the runtime calls their groups; others are left alone", async () => {
  const legacy = await hierarchy("freezer", {
    [`k8s.io/${own}/freezer.state`]: "FROZEN",
    [`k8s.io/${own}/nested/freezer.state`]: "FREEZING",
    [`k8s.io/${other}/freezer.state`]: "FROZEN",
    [`pod1/crio-conmon-${own}/freezer.state`]: "THAWED",
  });
  const unified = await hierarchy("unified", {
    [`kubepods.slice/cri-containerd-${own}.scope/cgroup.freeze`]: "1",
    [`kubepods.slice/cri-containerd-${other}.scope/cgroup.freeze`]: "1",
  });
  const absent = join(files.directory, "absent");
  const written = [
    join(legacy, `k8s.io/${own}/freezer.state`),
    join(legacy, `k8s.io/${own}/nested/freezer.state`),
    join(unified, `kubepods.slice/cri-containerd-${own}.scope/cgroup.freeze`),
  ];
  expect((await thaw([own], [absent, legacy, unified])).toSorted()).toEqual(written.toSorted());
  expect(await Promise.all(written.map((path) => readFile(path, "utf8")))).toEqual(["THAWED", "THAWED", "0"]);
  expect(await readFile(join(legacy, `k8s.io/${other}/freezer.state`), "utf8")).toBe("FROZEN\n");
});

test("without a container nothing is looked at", async () => {
  const root = await hierarchy("idle", { "group/freezer.state": "FROZEN" });
  expect(await thaw([], [root])).toEqual([]);
  expect(await thaw([""], [root])).toEqual([]);
});
