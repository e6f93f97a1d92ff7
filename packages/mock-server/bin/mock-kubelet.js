#!/usr/bin/env node
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`mock-kubelet: Node.js ${process.versions.node} is too old; install 22.18 or newer`);
  process.exit(2);
}
// Half of a start is compiling what was compiled the last time.
module.enableCompileCache();
try {
  const { main } = await import("../dist/cli.js");
  await main(process.argv.slice(2));
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error('mock-kubelet: it is not built yet; run "npm run build"');
  process.exit(2);
}
