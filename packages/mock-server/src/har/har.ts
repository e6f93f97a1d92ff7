/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as far as a recording of a kubelet needs it. */
export interface Har {
  log: {
    version: "1.2";
    creator: { name: string; version: string; comment?: string };
    entries: HarEntry[];
  };
}

export interface HarEntry {
  /** ISO 8601. */
  startedDateTime: string;
  /** Milliseconds, the sum of the timings that apply. */
  time: number;
  request: HarRequest;
  response: HarResponse;
  cache: Record<string, never>;
  timings: HarTimings;
  serverIPAddress?: string;
  comment?: string;
}

export interface HarRequest {
  method: string;
  url: string;
  httpVersion: string;
  cookies: [];
  headers: HarPair[];
  queryString: HarPair[];
  postData?: { mimeType: string; text: string; comment?: string };
  headersSize: -1;
  /** Bytes on the wire. */
  bodySize: number;
}

export interface HarResponse {
  /** 0 when there was no answer. */
  status: number;
  statusText: string;
  httpVersion: string;
  cookies: [];
  headers: HarPair[];
  content: HarContent;
  redirectURL: string;
  headersSize: -1;
  bodySize: number;
  comment?: string;
}

export interface HarContent {
  /** Bytes, decoded; of what was sent, not of what is kept here. */
  size: number;
  mimeType: string;
  /** Absent when it is hidden. */
  text?: string;
  encoding?: "base64";
  comment?: string;
}

/** Milliseconds; -1: does not apply. `ssl` is a part of `connect`. */
export interface HarTimings {
  blocked: number;
  dns: number;
  connect: number;
  ssl: number;
  send: number;
  wait: number;
  receive: number;
}

export interface HarPair {
  name: string;
  value: string;
}
