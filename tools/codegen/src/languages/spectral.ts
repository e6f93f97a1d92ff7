import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { installed, npmInstall } from "./npm.ts";
import { program } from "./programs.ts";

/** The linter that many API catalogues run on what they take in; its warnings count. */
export const spectral: Language = {
  id: "spectral",
  tool: `@stoplight/spectral-cli ${pins.spectral}`,
  needs: ["npm"],
  async prepare({ cache, run }) {
    await run(npmInstall(cache, "spectral", [`@stoplight/spectral-cli@${pins.spectral}`]));
  },
  async make({ cache, document, run }) {
    const words = ["lint", "--quiet", "--fail-severity", "warn", "--ruleset", program("spectral.yaml"), document];
    await run(installed(cache, "spectral", "@stoplight/spectral-cli/dist/index.js", ...words));
    return undefined;
  },
};
