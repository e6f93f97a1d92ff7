import { setImmediate as turn } from "node:timers/promises";
import { cli } from "../cli/cli.support.ts";

/** Runs what it is told, one after the other, and says what each has left open. */
process.on("message", (args: string[]) => {
  void cli(args).then(async (result) => {
    let open = connections();
    // A connection that was ended is gone some turns later.
    for (let turns = 0; turns < 1000 && open.length > 0; turns++) {
      await turn();
      open = connections();
    }
    process.send?.({ ...result, open, residentKiB: process.resourceUsage().maxRSS });
  });
});

function connections(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|HTTP|Timeout)/i.test(name));
}
