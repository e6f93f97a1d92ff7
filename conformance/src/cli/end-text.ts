import { type StoppedAnswering, stoppedAnsweringText } from "../engine/stopped-answering.ts";

/** Why there is no more, and what to do. */
export function endText(server: string, stoppedAnswering: StoppedAnswering): string {
  const [first] = stoppedAnswering.during;
  const again = first === undefined ? "" : ` (--focus ${first} tests that alone)`;
  return `${server} ${stoppedAnsweringText(stoppedAnswering)}: see the kubelet's log for why, get it to run, and test it again${again}`;
}
