import { describe, expect, it } from "vitest";
import { negotiateFormat, takesGzip } from "./negotiate.ts";

const text = "text/plain; version=0.0.4; charset=utf-8";
const protobuf = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

// Each of these was answered so by real kubelets of 1.30, 1.33, 1.34, 1.36 and 1.37.
describe("negotiateFormat", () => {
  it.each([
    [undefined, "text", "; escaping=underscores"],
    ["application/openmetrics-text;version=1.0.0", "text", "; escaping=underscores"],
    ["text/plain;version=1.0.0;escaping=allow-utf-8", "text", "; escaping=allow-utf-8"],
    ["application/json;escaping=values,text/plain;escaping=dots", "text", "; escaping=dots"],
    ["text/plain;escaping=foo", "text", "; escaping=underscores"],
    ['text/plain;version="0.0.4";escaping="dots"', "text", "; escaping=underscores"],
    ["garbage;;;", "text", "; escaping=underscores"],
    [`text/plain;version=0.0.4,${protobuf};q=0.3`, "text", "; escaping=underscores"],
    [`text/plain;version=0.0.4;q=0.3,${protobuf};q=0.7`, "delimited", "; escaping=underscores"],
    [`${protobuf}; escaping=allow-utf-8`, "delimited", "; escaping=allow-utf-8"],
    [protobuf.replace("delimited", "text"), "protobuf-text", "; escaping=underscores"],
    [protobuf.replace("delimited", "compact-text"), "compact-text", "; escaping=underscores"],
    ["application/vnd.google.protobuf", "text", "; escaping=underscores"],
    ["application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily", "text", "; escaping=underscores"],
  ])("answers %s with %s%s", (accept, form, escaping) => {
    const found = negotiateFormat(accept, `${text}; escaping=underscores`);
    expect(found.form).toBe(form);
    expect(found.contentType.endsWith(escaping)).toBe(true);
  });

  it("leaves escaping alone where the minor does not know it", () => {
    expect(negotiateFormat("text/plain;escaping=dots", text).contentType).toBe(text);
    expect(negotiateFormat(protobuf, text).contentType).toBe(protobuf);
  });
});

describe("takesGzip", () => {
  it.each([
    ["gzip", true, true],
    ["gzip;q=0", true, false],
    ["gzip;q=0.5", true, true],
    ["identity, gzip", true, false],
    ["zstd, gzip", true, true],
    ["gzip;q=0.1, identity;q=1", true, false],
    ["identity;q=0, gzip", true, true],
    ["*", false, false],
    ["GZIP", false, false],
    ["gzip;q=abc", true, false],
    ["gzip;q=2", true, false],
    ["gzip;foo=bar", true, false],
    ["gzip;q=", true, false],
    ["deflate;x, gzip", true, false],
    ["deflate, gzip;q=1.0, *;q=0.5", true, true],
    ["gzip;q=1.5", true, true],
  ])("%s: up to 1.32 %s, from 1.33 on %s", (header, named, best) => {
    expect([takesGzip([header], "named"), takesGzip([header], "best")]).toEqual([named, best]);
  });

  it("reads the first header only, up to 1.32, and every one later", () => {
    expect([takesGzip([], "named"), takesGzip([], "best")]).toEqual([false, false]);
    expect([takesGzip(["gzip", "identity"], "named"), takesGzip(["gzip", "identity"], "best")]).toEqual([true, false]);
    expect([takesGzip(["deflate", "gzip"], "named"), takesGzip(["deflate", "gzip"], "best")]).toEqual([false, true]);
  });
});
