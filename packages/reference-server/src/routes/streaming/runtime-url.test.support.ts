import { RuntimeDouble } from "@kubelet-conformance/cri/double";
import { onTestFinished } from "vitest";
import { testKubelet, type TestKubelet } from "../../kubelet.test.support.ts";

/** A kubelet whose runtime answers every streaming call with this URL. */
export async function testRuntimeUrl(url: string): Promise<TestKubelet> {
  const double = new RuntimeDouble();
  onTestFinished(() => double.close());
  const client = double.client();
  const runtime = { ...client.runtime, exec: async () => ({ $typeName: "runtime.v1.ExecResponse" as const, url }) };
  const kubelet = await testKubelet({ runtime: { ...client, runtime } });
  await kubelet.settled;
  return kubelet;
}
