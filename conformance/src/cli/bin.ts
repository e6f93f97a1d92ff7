import { main } from "./main.ts";

// Whoever reads the output may have seen enough (| head): the run goes on, for its reports and its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Not process.exit(): standard output may be a pipe that still has to be written.
process.exitCode = await main(process.argv.slice(2), { out: process.stdout, err: process.stderr, environment: process.env });
