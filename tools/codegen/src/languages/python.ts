import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { program } from "./programs.ts";

export const python: Language = {
  id: "python",
  tool: `openapi-python-client ${pins.openapiPythonClient}`,
  needs: ["python3"],
  omissions: [
    {
      operations: /^(get|post)(Exec|Attach|PortForward)/,
      reason: "it knows no header that is a list; what these need is a socket, not a client",
    },
    { operations: /^putVerbosity$/, reason: "it sends no text/plain" },
  ],
  async prepare({ cache, run }) {
    await run({ program: "python3", arguments: ["-m", "venv", join(cache, "python")] });
    const packages = [`openapi-python-client==${pins.openapiPythonClient}`, `mypy==${pins.mypy}`];
    await run({
      program: tool(cache, "python"),
      arguments: ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages],
    });
  },
  async make({ cache, directory, document, run }) {
    cpSync(program("python", "main.py"), join(directory, "main.py"));
    const words = ["generate", "--path", document, "--meta", "none", "--output-path", join(directory, "kubelet")];
    await run({ program: tool(cache, "openapi-python-client"), arguments: words, directory });
    const memory = join(cache, "mypy");
    await run({ program: tool(cache, "python"), arguments: ["-m", "mypy", "--strict", "--cache-dir", memory, "main.py"], directory });
    return { program: tool(cache, "python"), arguments: [join(directory, "main.py")] };
  },
};

/** A program of the virtual environment. */
function tool(cache: string, name: string): string {
  return join(cache, "python", "bin", name);
}
