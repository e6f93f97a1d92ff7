import { main } from "./main.ts";

// Not process.exit(): standard output may be a pipe that still has to be written.
process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr, environment: process.env });
