#!/usr/bin/env node
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli.js", import.meta.url);
if (!existsSync(entry)) {
  console.error('mock-kubelet: it is not built yet; run "npm run build" first');
  process.exit(1);
}
const { main } = await import(entry.href);
await main(process.argv.slice(2));
