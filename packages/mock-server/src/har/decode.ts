import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";
import { type Captured, keptBytes } from "./capture.ts";

/** A body without its content encoding. */
export interface Decoded {
  bytes: Buffer;
  /** Bytes are missing at its end. */
  isCut: boolean;
}

/** Undoes a content encoding, also of a body that is cut. Undefined for an encoding that is not known, or a body that is not in it. */
export function decode({ bytes, total }: Captured, encoding = "identity"): Decoded | undefined {
  const isCut = bytes.length < total;
  const limits = { maxOutputLength: 8 * keptBytes };
  try {
    switch (encoding.trim().toLowerCase()) {
      case "identity":
      case "":
        return { bytes, isCut };
      case "gzip":
        return { bytes: gunzipSync(bytes, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }), isCut };
      case "deflate":
        return { bytes: inflateSync(bytes, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }), isCut };
      case "br":
        return { bytes: brotliDecompressSync(bytes, { ...limits, finishFlush: constants.BROTLI_OPERATION_FLUSH }), isCut };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
