import { type SpdyProtocol, spdyTransport } from "./raw-spdy.ts";

const { spdy } = spdyTransport.protocol;

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
      parser.parseKVs = (block, done) =>
        parse(block, (error, headers) => done(error, { ":method": "POST", ":path": "/", ":status": "200", ...headers }));
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

spdyTransport.protocol["kubernetes"] = kubernetes;

/** The name under which spdy-transport knows it. */
export const KUBERNETES_PROTOCOL = "kubernetes";
