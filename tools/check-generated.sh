#!/usr/bin/env bash
# Generates everything again and fails when a committed file differs.
set -euo pipefail
cd "$(dirname "$0")/.."
turbo run generate --force --output-logs=errors-only
generated=(packages/types/src/generated packages/{cri,device-plugin,mock-server}/src/generated spec/CHANGES.md)
if [ -n "$(git status --porcelain -- "${generated[@]}")" ]; then
  git --no-pager diff --stat -- "${generated[@]}"
  echo 'generated files are stale: run "npm run generate" and commit what it changes' >&2
  exit 1
fi
