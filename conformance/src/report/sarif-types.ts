/** The part of SARIF 2.1.0 that is used here: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. */
export interface SarifLog {
  $schema: string;
  version: "2.1.0";
  runs: SarifRun[];
}

export interface SarifRun {
  tool: { driver: { name: string; semanticVersion: string; informationUri: string; rules: SarifRule[] } };
  automationDetails: { id: string; description: SarifText };
  originalUriBaseIds: Record<string, { uri?: string; description: SarifText }>;
  invocations: SarifInvocation[];
  results: SarifResult[];
  columnKind: "utf16CodeUnits";
  properties: Record<string, unknown>;
}

export interface SarifText {
  text: string;
}

export type SarifLevel = "error" | "warning" | "note" | "none";

export interface SarifRule {
  id: string;
  shortDescription: SarifText;
  helpUri?: string;
  help: SarifText;
  defaultConfiguration: { level: SarifLevel };
  properties: { tags: string[] };
}

export interface SarifInvocation {
  executionSuccessful: boolean;
  startTimeUtc: string;
  endTimeUtc: string;
  toolExecutionNotifications: { level: SarifLevel; message: SarifText; associatedRule?: { id: string } }[];
}

export interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  kind: "fail";
  level: SarifLevel;
  message: SarifText;
  locations: SarifLocation[];
  partialFingerprints: Record<string, string>;
  suppressions?: { kind: "external"; status: "accepted"; justification: string }[];
  webRequest?: SarifRequest;
  webResponse?: SarifResponse;
  properties: Record<string, unknown>;
}

export interface SarifLocation {
  physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: { startLine: number } };
  logicalLocations: { fullyQualifiedName: string; kind: string }[];
}

export interface SarifRequest {
  protocol: string;
  target: string;
  method: string;
  headers: Record<string, string>;
  body?: SarifText;
}

export type SarifResponse =
  | { noResponseReceived: true }
  | { protocol: string; version: string; statusCode: number; reasonPhrase: string; headers: Record<string, string>; body: SarifText };
