import { mockedOperations } from "../src/examples.js";
import { createPrism } from "../src/prism.js";
/** What the mock would send, for each example of a minor. */
export async function mockedAnswers(minor) {
  const ask = await createPrism(minor);
  const all = [];
  for (const { operationId, method, path, examples } of mockedOperations(minor)) {
    const answers = [];
    for (const { code, name, mediaType, headers } of examples) {
      const { headers: sent, body } = await ask({
        method,
        path: path.replaceAll(/\{[^}]+\}/g, "x"),
        code,
        mediaType,
        example: name,
        dynamic: false,
        seed: undefined,
      });
      const own = Object.entries(sent).filter(([header]) => headers.includes(header));
      answers.push({
        code,
        ...(name === undefined ? {} : { name }),
        headers: own,
        body: typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body),
      });
      if (mediaType !== undefined) own.push(["Content-Type", mediaType]);
    }
    all.push({ operationId, method, path, examples: answers });
  }
  return all;
}
//# sourceMappingURL=mocked-answers.js.map
