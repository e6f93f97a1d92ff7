import { answerClass, isOfClass } from "../engine/answers.ts";
import { WireError, type WireClient, type WireResponse } from "../target/wire.ts";
import { type Finding, finding, pages, type Step } from "./finding.ts";
import { type Answers, type Question, questions } from "./questions.ts";
import { missingRights, rbacManifest, readRefusal, type Refusal } from "./rbac.ts";

/** What the credentials open, and what is missing where they open nothing. */
export function ofAccess(answers: Answers, client: WireClient | undefined, now: number): Finding[] {
  const given = Object.entries(answers).flatMap(([question, answer]) =>
    // Object.entries widens the keys.
    answer instanceof WireError ? [] : [{ question: question as Question, answer }],
  );
  const findings: Finding[] = [];
  if (given.some(({ answer }) => answer.status === 401)) findings.push(ofUnauthenticated(client, now));
  const failed = given.find(({ answer }) => answer.status === 500 && answer.body.includes("Authorization error (user="));
  if (failed)
    findings.push(
      finding("to-do", "access.review-failed", "500: the kubelet could not ask its API server who may do this", [
        {
          text: "see whether the kubelet reaches the API server, and may create subjectaccessreviews there",
          command: "journalctl -u kubelet -n 50",
        },
      ]),
    );
  const refused = given.flatMap(({ question, answer }) => {
    const refusal = answer.status === 403 ? readRefusal(answer.body.toString()) : undefined;
    return refusal ? [{ question, refusal }] : [];
  });
  const [first] = refused;
  if (first) findings.push(ofRefusals(first.refusal.user, refused, given.length));
  if (findings.length > 0 || given.length === 0) return findings;
  return [finding("ok", "access.granted", "everything that was asked for is allowed")];
}

function ofRefusals(user: string, refused: readonly { question: Question; refusal: Refusal }[], asked: number): Finding {
  const paths = refused
    .map(({ question }) => questions[question])
    .map(({ method, target }) => `${method} ${/^\/[a-z]+/.exec(target)?.[0] ?? target}`);
  const what = `403: ${user} may not ${paths.join(", ")} (${refused.length} of ${asked} refused)`;
  if (user === "system:anonymous")
    return finding("to-do", "access.forbidden", `${what}; nobody's name was given`, [
      { text: "give credentials", link: pages.kubeletAccess },
    ]);
  const refusals = refused.map(({ refusal }) => refusal);
  const [first] = refusals;
  return finding("to-do", "access.forbidden", what, [
    {
      text: "as a cluster administrator, allow exactly that, or less:",
      manifest: rbacManifest(user, missingRights(refusals)),
      link: pages.kubeletAccess,
    },
    {
      text: "see that it holds; the kubelet believes its last refusal for half a minute more",
      command: `kubectl auth can-i ${first?.verb ?? "get"} nodes --subresource=${first?.subresources[0] ?? "proxy"} --as=${quoted(user)}`,
    },
  ]);
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w:.@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function ofUnauthenticated(client: WireClient | undefined, now: number): Finding {
  if (client === undefined || (client.authorization === undefined && client.certificate === undefined))
    return finding("to-do", "access.unauthenticated", "401: the kubelet wants to know who asks, and no credentials were given", [
      { text: "give a client certificate (--client-certificate, --client-key) or a token (--token-file)", link: pages.kubeletAccess },
    ]);
  const steps: Step[] = [];
  const expired = client.authorization === undefined ? undefined : expiryOf(client.authorization);
  if (client.authorization !== undefined) {
    const over = expired !== undefined && expired < now;
    steps.push(
      {
        text: over ? `the token expired on ${new Date(expired).toISOString()}: get a new one` : "get a new token",
        command: "kubectl create token NAME",
        link: pages.tokens,
      },
      { text: "see that the kubelet asks its API server about tokens: authentication.webhook.enabled: true", link: pages.kubeletAccess },
    );
  }
  if (client.certificate)
    steps.push({
      text: "see that the client certificate comes from the authority in the kubelet's clientCAFile (with kubeadm, /etc/kubernetes/pki/ca.crt)",
      link: pages.kubeletAccess,
    });
  const which = client.certificate
    ? client.authorization === undefined
      ? "this certificate"
      : "this certificate and token"
    : "this token";
  return finding("to-do", "access.unauthenticated", `401: the kubelet does not know ${which}`, steps);
}

/** When a JSON Web Token ends, in milliseconds since the epoch. */
function expiryOf(authorization: string): number | undefined {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization) ?? [];
  if (payload === undefined) return undefined;
  const [, seconds] = /"exp":\s*(\d+)/.exec(Buffer.from(payload, "base64url").toString()) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** What becomes of whoever says no name. */
export function ofAnonymous(answer: WireResponse | WireError): Finding[] {
  if (answer instanceof WireError) return [];
  const steps: Step[] = [
    { text: "authentication.anonymous.enabled: false in the kubelet's configuration, then restart it", link: pages.kubeletAccess },
  ];
  if (answer.status === 401) return [finding("ok", "access.anonymous", "who says no name is turned away")];
  if (answer.status === 200)
    return [finding("to-do", "access.anonymous", "anyone may read the pods of this node without saying a name", steps)];
  if (isOfClass(answerClass("forbidden"), answer))
    return [
      finding("warning", "access.anonymous", "who says no name is let in as system:anonymous, which at present may not read pods", steps),
    ];
  return [];
}
