#!/usr/bin/env bash
# The one step of the action. Reads COMMAND, ARGUMENTS (one per line), VERSION, REPORTS, SUMMARY and FAIL; writes GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
set -euo pipefail

refuse() {
  echo "::error title=kubelet-conformance::$1"
  exit 2
}

case "$COMMAND" in run | testbed) ;; *) refuse "command is \"$COMMAND\"; write run or testbed" ;; esac
case "$FAIL" in never | not-conformant | incomplete) ;; *) refuse "fail is \"$FAIL\"; write never, not-conformant or incomplete" ;; esac
arguments=()
while IFS= read -r line; do
  line="${line#"${line%%[![:space:]]*}"}"
  line="${line%"${line##*[![:space:]]}"}"
  [ -z "$line" ] || arguments+=("$line")
done <<<"$ARGUMENTS"

program=(kubelet-conformance)
[ -z "$VERSION" ] || program=(npx --yes "kubelet-conformance@$VERSION")

mkdir -p "$REPORTS"
# A report of an earlier step would be taken for this one's.
rm -f "$REPORTS"/report.{json,html,xml,sarif,md}
status=0
"${program[@]}" "$COMMAND" \
  --report "json=$REPORTS/report.json" --report "html=$REPORTS/report.html" --report "junit=$REPORTS/report.xml" \
  --report "sarif=$REPORTS/report.sarif" --report "markdown=$REPORTS/report.md" \
  "${arguments[@]}" || status=$?

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }
output exit-code "$status"
if [ -f "$REPORTS/report.json" ]; then
  # Numbers and one of three words: nothing that a kubelet sent.
  node -e '
    const { summary, kubelets } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    console.log(`verdict=${summary.verdict}`);
    // Of many kubelets the sums.
    const all = kubelets === undefined ? [summary] : kubelets.flatMap((kubelet) => kubelet.summary ?? []);
    for (const name of ["planned", "passed", "failed", "warned", "blocked"])
      console.log(`${name}=${all.reduce((sum, counts) => sum + counts[name], 0)}`);
  ' "$REPORTS/report.json" >>"$GITHUB_OUTPUT"
  output json "$REPORTS/report.json"
  output html "$REPORTS/report.html"
  output junit "$REPORTS/report.xml"
  output sarif "$REPORTS/report.sarif"
  if [ "$SUMMARY" = true ]; then cat "$REPORTS/report.md" >>"$GITHUB_STEP_SUMMARY"; fi
fi

case "$FAIL" in
never) exit 0 ;;
not-conformant) exit "$status" ;;
incomplete)
  [ "$status" -eq 0 ] || exit "$status"
  node -e '
    const { summary } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    process.exit(summary.verdict === "conformant" ? 0 : 1);
  ' "$REPORTS/report.json"
  ;;
esac
