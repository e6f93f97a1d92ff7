import { TargetError } from "../errors.ts";
import { requireKubelet } from "../target/identify.ts";
import { createTransport, type TransportOptions } from "../target/transport.ts";
import { type WireClient, WireError } from "../target/wire.ts";
import { ofAccess, ofAnonymous } from "./access.ts";
import { ofCertificate } from "./certificate.ts";
import { type DatedAnswer, ofSkew, skewOf } from "./clock.ts";
import { type Configuration, healthzOf, readOnlyPortOf } from "./configuration.ts";
import { ofNoConnection, ofNoHandshake, silent } from "./connection.ts";
import { type Finding, finding, pages, withoutSecrets } from "./finding.ts";
import { shakeHands } from "./handshake.ts";
import { lookAtHealthz, lookAtReadOnlyPort, ofReadOnlyPort, readOnlyPortToTry } from "./ports.ts";
import { type Answers, type Ask, answerOf, askAll, questions } from "./questions.ts";
import { readAnswers } from "./readings.ts";
import { ofRoutes } from "./routes.ts";

export interface KubeletOptions extends Pick<TransportOptions, "server" | "tls"> {
  /** The name of its node, where that is known. */
  node?: string | undefined;
  credentials?: WireClient | undefined;
  /** As the node says it; what the kubelet says itself comes first. */
  version?: string | undefined;
  /** For each step: connection, handshake, answers, other ports. */
  limitMs: number;
  signal: AbortSignal;
}

/** What a kubelet shows to a client, and what that means. */
export interface KubeletDiagnosis {
  server: string;
  node?: string;
  /** Empty when it does not say. */
  kubeletVersion: string;
  /** The cgroup driver in its configuration. */
  cgroupDriver?: string;
  findings: readonly Finding[];
}

/** Looks at a kubelet over the network; changes nothing, and ends within four limits, whatever the kubelet does. */
export async function lookAtKubelet(options: KubeletOptions): Promise<KubeletDiagnosis> {
  const { server, node, version = "", tls, limitMs, signal } = options;
  const subject = { server, ...(node === undefined ? {} : { node }) };
  const reached = await shakeHands({ server, ca: tls?.ca, servername: tls?.servername, limitMs, signal });
  if ("stage" in reached) {
    const { stage, error } = reached;
    return {
      ...subject,
      kubeletVersion: version,
      findings: [stage === "connect" ? ofNoConnection(server, error) : ofNoHandshake(server, error)],
    };
  }
  const insecure = tls?.insecure === true;
  const shown = reached.handshake
    ? ofCertificate({
        ...reached.handshake,
        name: tls?.servername ?? new URL(server).hostname,
        authorityGiven: tls?.ca !== undefined,
        insecure,
        now: Date.now(),
      })
    : [];
  // Credentials go to nobody whose certificate is not accepted.
  const trusted = !shown.some(({ level }) => level === "to-do");
  const { findings, ...more } = trusted
    ? await interview(options)
    : { kubeletVersion: version, findings: await openPorts(options, undefined, version) };
  return { ...subject, ...more, findings: withoutSecrets([...shown, ...findings], options.credentials) };
}

async function interview(options: KubeletOptions): Promise<Pick<KubeletDiagnosis, "kubeletVersion" | "cgroupDriver" | "findings">> {
  const { server, credentials, tls, limitMs, signal } = options;
  const secure = server.startsWith("https:");
  const nobody: WireClient = { name: "none" };
  const transport = createTransport({ server, ...(tls ? { tls } : {}), timeoutMs: limitMs });
  try {
    const dated: DatedAnswer[] = [];
    const ask: Ask = async (question) => {
      const sentAt = Date.now();
      const response = await transport.send({ ...question, listener: "main", client: credentials ?? nobody, signal });
      dated.push({ response, sentAt, receivedAt: Date.now() });
      return response;
    };
    const [answers, anonymous] = await Promise.all([
      askAll(ask),
      answerOf(transport.send({ ...questions.pods, listener: "main", client: nobody, signal })),
    ]);
    const odd = ofStranger(server, answers);
    if (odd) return { kubeletVersion: options.version ?? "", findings: [odd] };
    const told = readAnswers(answers, options.version);
    const plainReadOnly = !secure && ofRoutes(answers, "").some(({ id }) => id === "route.debugging-disabled");
    const who = plainReadOnly ? [] : [...ofAccess(answers, secure ? credentials : undefined, Date.now()), ...ofAnonymous(anonymous)];
    return {
      kubeletVersion: told.kubeletVersion,
      ...(told.cgroupDriver === undefined ? {} : { cgroupDriver: told.cgroupDriver }),
      findings: [
        ...who,
        ...(plainReadOnly ? [] : ofRoutes(answers, told.kubeletVersion)),
        ...ofSilence(server, answers),
        ...told.findings,
        ...ofSkew("the kubelet", skewOf(dated)),
        ...(await openPorts(options, told.configuration, told.kubeletVersion, told.gate)),
      ],
    };
  } finally {
    transport.close();
  }
}

/** The other two ports, as far as they are seen from here. */
async function openPorts(
  { server, limitMs, signal }: KubeletOptions,
  configuration: Configuration | undefined,
  version: string,
  gate?: boolean,
): Promise<Finding[]> {
  const { hostname, protocol, port } = new URL(server);
  const configured = configuration && readOnlyPortOf(configuration);
  // A server without TLS may be that port itself.
  const toTry = protocol === "http:" ? Number(port || "80") : readOnlyPortToTry(configured);
  const healthz = configuration && healthzOf(configuration);
  const isHere = /^(localhost|127\..*|\[::1\])$/.test(hostname);
  const where = { hostname, limitMs, signal };
  const [seen, health] = await Promise.all([
    toTry === undefined ? undefined : lookAtReadOnlyPort({ ...where, port: toTry }),
    healthz && isHere ? lookAtHealthz({ ...where, port: healthz.port }) : [],
  ]);
  return [...ofReadOnlyPort({ configured, seen, version, gate }), ...health];
}

/** Something that is no kubelet, or none that can be talked to. */
function ofStranger(server: string, answers: Answers): Finding | undefined {
  const all = Object.values(answers);
  const [first] = all;
  if (all.every((answer) => answer instanceof WireError) && first instanceof WireError) {
    if (first.code === "timeout") return silent(server, `no request is answered (${first.message})`);
    return finding("to-do", "connection.broken", `${server} gives no HTTP answer: ${first.message}`, [
      { text: "see whether this is a kubelet's port (10250)", link: pages.ports },
    ]);
  }
  // What a kubelet says that gets no decision from its API server.
  if (all.some((answer) => !(answer instanceof WireError) && answer.body.includes("Authorization error (user="))) return undefined;
  const given = (answer: Answers["pods"]) => (answer instanceof WireError ? undefined : answer);
  try {
    requireKubelet(server, { pods: given(answers.pods), configz: given(answers.configuration), metrics: given(answers.metrics) }, false);
    return undefined;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const id = error.code === "target-tls-port" ? "tls.http-on-tls" : "connection.not-kubelet";
    return finding("to-do", id, error.message, [{ text: "kubelets listen on port 10250 of their nodes", link: pages.ports }]);
  }
}

/** Requests that got no answer, beside others that did. */
function ofSilence(server: string, answers: Answers): Finding[] {
  const lost = Object.entries(answers).flatMap(([question, answer]) =>
    answer instanceof WireError ? [`${question} (${answer.message})`] : [],
  );
  return lost.length === 0 ? [] : [silent(server, `gives no answer about ${lost.join(", ")}`)];
}
