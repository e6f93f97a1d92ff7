import { cli } from "../cli/cli.support.ts";

/** Runs what it is told, one after the other, and ends when nobody talks to it any more, unless a run has left something open. */
process.on("message", (args: string[]) => {
  void cli(args).then((result) => process.send?.({ ...result, residentKiB: process.resourceUsage().maxRSS }));
});
