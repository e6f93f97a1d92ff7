import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { program } from "./programs.ts";

const module = `module codegen

go 1.24

require github.com/oapi-codegen/runtime ${pins.oapiCodegenRuntime}
`;

export const go: Language = {
  id: "go",
  tool: `oapi-codegen ${pins.oapiCodegen}`,
  needs: ["go"],
  async make({ directory, document, run }) {
    mkdirSync(join(directory, "kubelet"));
    writeFileSync(join(directory, "go.mod"), module);
    cpSync(program("go", "main.go"), join(directory, "main.go"));
    const generator = `github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@${pins.oapiCodegen}`;
    const words = ["run", generator, "-generate", "types,client", "-package", "kubelet", "-o", "kubelet/kubelet.go", document];
    await run({ program: "go", arguments: words, directory });
    for (const step of [
      ["mod", "tidy"],
      ["vet", "./..."],
      ["build", "-o", "client", "."],
    ])
      await run({ program: "go", arguments: step, directory });
    return { program: join(directory, "client"), arguments: [] };
  },
};
