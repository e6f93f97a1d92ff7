import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ContainerAllocateResponse, ContainerAllocateResponseSchema } from "./generated/v1beta1/api_pb.ts";

/** What a container gets whose plugin has nothing to give. */
export function emptyAllocation(): ContainerAllocateResponse {
  return create(ContainerAllocateResponseSchema);
}

/** An allocation as kubelets keep it over a restart: its message in base64. */
export function encodeAllocation(allocation: ContainerAllocateResponse): string {
  return Buffer.from(toBinary(ContainerAllocateResponseSchema, allocation)).toString("base64");
}

/** Throws when it is none. */
export function decodeAllocation(text: string): ContainerAllocateResponse {
  return fromBinary(ContainerAllocateResponseSchema, Buffer.from(text, "base64"));
}
