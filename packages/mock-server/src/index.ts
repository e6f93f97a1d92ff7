/** A kubelet that answers with the spec's examples, on demand. */
export { MockError, type MockOptions, type RunningMock, startMock } from "./mock.ts";
