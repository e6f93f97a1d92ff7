#!/bin/sh
# Runs kubelet-conformance as a Sonobuoy plugin; the arguments are those of `kubelet-conformance run`. Sonobuoy takes the file that `done` names.
set -u

results=${SONOBUOY_RESULTS_DIR:-/tmp/sonobuoy/results}
report=$results/report
mkdir -p "$report" || exit 1

kubelet-conformance run "$@" --output plain \
  --report "junit=$report/junit.xml" --report "json=$report/report.json" --report "html=$report/report.html" > "$report/log.txt" 2>&1
code=$?
cat "$report/log.txt"

# What could not be run at all is an error of its own: Sonobuoy would take no results for none that failed.
if [ ! -f "$report/junit.xml" ]; then
  reason=$(tail -n 1 "$report/log.txt" | tr -cd '[:print:]' | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g')
  cat > "$report/junit.xml" << EOF
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kubelet-conformance" tests="1" failures="0" errors="1">
  <testsuite name="run" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="kubelet.target" name="runs"><error message="exit code $code: $reason"/></testcase>
  </testsuite>
</testsuites>
EOF
fi

tar -czf "$results/kubelet-conformance.tar.gz" -C "$report" . || exit 1
# Sonobuoy acts on the name as soon as there is one.
printf '%s' "$results/kubelet-conformance.tar.gz" > "$results/done.tmp" && mv "$results/done.tmp" "$results/done"

# A DaemonSet's container that ends is started again. As the first process of its container it hears no signal but those that it traps.
if [ "${KEEP_RUNNING:-}" = true ]; then
  trap 'exit 0' TERM
  echo "kubelet-conformance: done; waiting for Sonobuoy to remove this pod"
  while :; do
    sleep 3600 &
    wait $!
  done
fi
