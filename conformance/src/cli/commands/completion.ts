import { UsageError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { didYouMean } from "../suggest.ts";

/** They ask the program itself, so that they know what it knows. Where it has no answer, the shell completes file names. */
const scripts = {
  bash: `_kubelet_conformance() {
  local IFS=$'\\n'
  COMPREPLY=($(kubelet-conformance completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _kubelet_conformance kubelet-conformance
`,
  zsh: `#compdef kubelet-conformance
_kubelet_conformance() {
  local -a found
  found=("\${(@f)$(kubelet-conformance completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[*]}" ]]; then compadd -a found; else _files; fi
}
compdef _kubelet_conformance kubelet-conformance
`,
  fish: `function __kubelet_conformance
  set -l typed (commandline -opc) (commandline -ct)
  set -l found (kubelet-conformance completion words -- $typed[2..-1] 2>/dev/null)
  if count $found >/dev/null
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c kubelet-conformance -f -a '(__kubelet_conformance)'
`,
} as const;

const shells = Object.keys(scripts);

export const completion = defineCommand({
  name: "completion",
  summary: "Print a script that completes commands, flags, profiles and requirement ids in a shell.",
  usage: "bash | zsh | fish",
  options: {},
  arguments: () => shells,
  examples: [
    "source <(kubelet-conformance completion bash)",
    "source <(kubelet-conformance completion zsh)",
    "kubelet-conformance completion fish > ~/.config/fish/completions/kubelet-conformance.fish",
  ],
  notes: ["Exit codes: 0 printed, 2 bad usage."],
  run: async (_values, [shell, ...words], { out }) => {
    if (shell === "words") {
      const [{ candidates }, { commands }] = await Promise.all([import("../completion.ts"), import("../commands.ts")]);
      out.write((await candidates(words, commands)).map((word) => `${word}\n`).join(""));
      return 0;
    }
    const script = Object.entries(scripts).find(([name]) => name === shell)?.[1];
    if (script === undefined || words.length > 0) {
      const hint = shell === undefined ? "" : didYouMean(shell, shells);
      throw new UsageError("shell-unknown", `for which shell? kubelet-conformance completion ${shells.join(" | ")}${hint}`);
    }
    out.write(script);
    return 0;
  },
});
