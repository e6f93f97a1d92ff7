import { type AreaChecks, Broken } from "../engine/check.ts";
import { pointer } from "../engine/json-pointer.ts";
import { outage } from "./heartbeat-outage.ts";
import { leaseHere, leaseOf, median, periodsOf, renewals, renewPeriod, slackMs, leastDisturbed } from "./heartbeat-periods.ts";
import { heartbeatStatus } from "./heartbeat-status.ts";
import { nodeNow, objectsAt, shown } from "./node-object.ts";

/** `spec/requirements/heartbeat.yaml`. */
export const heartbeat: AreaChecks<"heartbeat"> = {
  ...heartbeatStatus,
  ...outage,

  "heartbeat.lease.exists": async (context) => {
    if (await leaseHere(context)) return;
    throw new Broken(`a Lease kube-node-lease/${context.target.nodeName}`, "the API server has none");
  },

  "heartbeat.lease.holder": async (context) => {
    const holder = pointer(await leaseOf(context), "/spec/holderIdentity");
    if (holder !== context.target.nodeName) throw new Broken(`holderIdentity ${context.target.nodeName}`, shown(holder));
  },

  "heartbeat.lease.duration": async (context) => {
    const [duration, { leaseMs }] = [pointer(await leaseOf(context), "/spec/leaseDurationSeconds"), await periodsOf(context)];
    if (duration !== leaseMs / 1000) throw new Broken(`leaseDurationSeconds ${leaseMs / 1000}`, shown(duration));
  },

  "heartbeat.lease.owner": async (context) => {
    const [lease, node] = [await leaseOf(context), await nodeNow(context)];
    const owners = objectsAt(lease, "/metadata/ownerReferences");
    const { uid, name } = node.metadata;
    const [leaseTime, nodeTime] = [lease, node].map(({ metadata }) => Date.parse(shown(metadata["creationTimestamp"])));
    // A kubelet keeps the owner of a lease that it finds (component-helpers lease controller).
    if (!context.target.controlPlane && leaseTime !== undefined && nodeTime !== undefined && leaseTime < nodeTime)
      context.notApplicable(
        "the lease is older than the node: its owner was an earlier one, until the cluster's garbage collector takes it",
      );
    if (!owners.some((owner) => owner["kind"] === "Node" && owner["name"] === name && owner["uid"] === uid))
      throw new Broken(`an owner reference to the Node ${name} with uid ${uid}`, JSON.stringify(owners));
  },

  "heartbeat.lease.renew-time": async (context) => {
    const time = pointer(await leaseOf(context), "/spec/renewTime");
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(shown(time)))
      throw new Broken("renewTime with six digits behind the second", shown(time));
  },

  "heartbeat.lease.renewed": async (context) => {
    const [renewMs, gaps] = [await renewPeriod(context), await renewals(context, 4)];
    const usual = leastDisturbed(context, gaps, median(gaps));
    // The kubelet's own jitter is 4 %; the rest is for a busy machine.
    if (usual > renewMs + slackMs(context, renewMs)) throw new Broken(`a renewal every ${renewMs / 1000} s`, `one every ${usual / 1000} s`);
  },

  "heartbeat.lease.not-more-often": async (context) => {
    const [renewMs, gaps] = [await renewPeriod(context), await renewals(context, 4)];
    const usual = median(gaps);
    if (usual < renewMs * 0.7) throw new Broken(`${renewMs / 1000} s between renewals`, `${usual / 1000} s`);
  },
};
