import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Language } from "../language.ts";
import { workspace } from "./programs.ts";
import { compileProject, startProject } from "./typescript.ts";

// The package that generates the project's own types pins it, together with the older compiler that it needs.
const manifest = createRequire(workspace("packages/types/package.json")).resolve("openapi-typescript/package.json");

// Every package's manifest has one.
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };

/** Types only. */
export const openapiTypescript: Language = {
  id: "openapi-typescript",
  tool: `openapi-typescript ${version}`,
  needs: [],
  async make(job) {
    startProject("openapi-typescript", job.directory);
    const cli = join(dirname(manifest), "bin/cli.js");
    await job.run({ program: process.execPath, arguments: [cli, job.document, "--output", join(job.directory, "kubelet.ts")] });
    return compileProject(job);
  },
};
