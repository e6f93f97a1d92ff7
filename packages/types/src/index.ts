export type { Minor } from "@kubelet-conformance/spec";
export { behaviour } from "./behaviours.ts";
export type {
  AnswerClassId,
  Area,
  BehaviourValues,
  CodedRequirementId,
  NeedId,
  ObservableRequirementId,
  OperationId,
  OutcomeClass,
  ProfileId,
  RequirementId,
  Text,
} from "./generated/names.ts";
export type { components, operations, paths } from "./generated/openapi.ts";
