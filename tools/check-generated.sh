#!/usr/bin/env bash
# Generates everything again and fails when a committed file differs.
set -euo pipefail
cd "$(dirname "$0")/.."
turbo run generate --force --output-logs=errors-only
if [ -n "$(git status --porcelain -- packages/types/src/generated packages/cri/src/generated packages/device-plugin/src/generated packages/mock-server/src/generated)" ]; then
  git --no-pager diff --stat -- packages/types/src/generated packages/cri/src/generated packages/device-plugin/src/generated packages/mock-server/src/generated
  echo 'generated files are stale: run "npm run generate" and commit what it changes' >&2
  exit 1
fi
