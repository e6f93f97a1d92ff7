import { parentPort, workerData } from "node:worker_threads";
import { prepareGround } from "../testbed/ground.ts";
import type { Job } from "./jobs.ts";
import { createStand } from "./stand.ts";
import { tryDeviation } from "./try-deviation.ts";

const port = parentPort;
if (!port) throw new Error("this module runs in a worker thread");
const ground = await prepareGround();
const stand = createStand(ground);

// prove.ts says how many.
const { lanes } = workerData as { lanes: number };
let open = lanes;

/** `null` ends a lane, the last one the worker. */
port.on("message", (job: Job | null) => {
  if (job) void tryDeviation(job, stand).then((trial) => port.postMessage(trial));
  else if (--open === 0) void end().then(() => port.close());
});
for (let lane = 0; lane < lanes; lane++) port.postMessage("ready");

async function end(): Promise<void> {
  await stand.stop();
  await ground.remove();
}
