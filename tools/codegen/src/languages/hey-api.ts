import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { installed, npmInstall } from "./npm.ts";
import { compileProject, startProject } from "./typescript.ts";

/** A client of functions on fetch. */
export const heyApi: Language = {
  id: "hey-api",
  tool: `@hey-api/openapi-ts ${pins.heyApi}`,
  needs: ["npm"],
  async prepare({ cache, run }) {
    // The generator uses the API of the older compilers.
    await run(npmInstall(cache, "hey-api", [`@hey-api/openapi-ts@${pins.heyApi}`, `typescript@${pins.typescriptOfHeyApi}`]));
  },
  async make(job) {
    startProject("hey-api", job.directory);
    // What Node runs as it is names files with their extension; the command line has no option for it.
    const output = { path: "kubelet", module: { extension: ".js" } };
    const configuration = { input: job.document, output, plugins: ["@hey-api/client-fetch"] };
    writeFileSync(join(job.directory, "openapi-ts.config.mjs"), `export default ${JSON.stringify(configuration)};\n`);
    await job.run({ ...installed(job.cache, "hey-api", "@hey-api/openapi-ts/bin/run.js"), directory: job.directory });
    return compileProject(job);
  },
};
