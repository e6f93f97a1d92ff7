import type { Transform } from "node:stream";
import { type SpdyProtocol, spdyTransport } from "./raw-spdy.ts";

const { spdy } = spdyTransport.protocol;

/** As net/http of Go; a few bytes of zlib can stand for a thousand times as many. */
const MOST_HEADER_BYTES = 1 << 20;

/** As large as SPDY allows. */
const LARGEST_WINDOW = 0x7fffffff;

/**
 * SPDY as Kubernetes' peers (moby/spdystream) speak it, for spdy-transport to use as one of its protocols. Their streams have no
 * pseudo headers and their replies none at all, which spdy-transport takes for errors; they send no SETTINGS, and neither send nor
 * heed flow control, so what is sent must not wait for it.
 */
const kubernetes: SpdyProtocol = {
  ...spdy,
  constants: { ...spdy.constants, DEFAULT_WINDOW: LARGEST_WINDOW },
  parser: {
    create(options) {
      const parser = spdy.parser.create(options);
      const parse = parser.parseKVs.bind(parser);
      parser.parseKVs = (block, done) => {
        const endWatch = watchInflation(parser.decompress.stream);
        parse(block, (error, headers) => {
          done(endWatch() ?? error, { ":method": "POST", ":path": "/", ":status": "200", ...headers });
        });
      };
      return parser;
    },
  },
  framer: {
    create(options) {
      const framer = spdy.framer.create(options);
      const encode = framer.headersToDict.bind(framer);
      framer.headersToDict = (headers, _addPseudoHeaders, done) => encode(headers, undefined, done);
      framer.settingsFrame = () => undefined;
      return framer;
    },
  },
};

/** Ends the inflating of a block of headers that grows beyond what anybody needs; the returned function ends the watch, and tells. */
function watchInflation(inflater: Transform): () => Error | null {
  let size = 0;
  const count = (bytes: Buffer): void => {
    size += bytes.length;
    if (size > MOST_HEADER_BYTES) inflater.destroy();
  };
  inflater.on("data", count);
  return () => {
    inflater.off("data", count);
    return size > MOST_HEADER_BYTES ? new Error(`the headers of a frame are longer than ${MOST_HEADER_BYTES} bytes`) : null;
  };
}

spdyTransport.protocol["kubernetes"] = kubernetes;

/** The name under which spdy-transport knows it. */
export const KUBERNETES_PROTOCOL = "kubernetes";
