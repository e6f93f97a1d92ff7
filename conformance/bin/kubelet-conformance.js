#!/usr/bin/env node
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`kubelet-conformance: Node.js ${process.versions.node} is too old; install 22.18 or newer`);
  process.exit(2);
}
// Half of a short run is compiling what was compiled the last time.
module.enableCompileCache();
try {
  await import("../dist/cli/bin.js");
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error('kubelet-conformance: it is not built yet; run "npm run build"');
  process.exit(2);
}
