/**
 * Checks every file of the spec and writes what the packages load into `dist/`, and `CHANGES.md`. Lists all problems, each with file, line and fix, and writes
 * nothing when there is one. `node scripts/build.ts [DIRECTORY]`; the directory defaults to the spec itself.
 */
import { join, resolve } from "node:path";
import { derive } from "../src/derive.ts";
import type { OpenApiDocument } from "../src/document.ts";
import { minors } from "../src/version.ts";
import { changesPage } from "./changes-page.ts";
import { changes } from "./changes.ts";
import { readSpec, type Spec } from "./read-spec.ts";
import { writeJson, writeWhole, writeYaml } from "./write.ts";

const root = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
const { spec, problems } = readSpec(root);

if (spec && problems.length === 0) write(spec);
else refuse();

function writeDocument(name: string, document: OpenApiDocument): void {
  writeJson(root, `openapi/${name}.json`, document);
  writeYaml(root, `openapi/${name}.yaml`, document);
}

function refuse(): void {
  for (const problem of problems) console.error(problem);
  console.error(`\n${problems.length} ${problems.length === 1 ? "problem" : "problems"} in the spec; nothing was written.`);
  // Not process.exit(): what was said may still be on its way.
  process.exitCode = 1;
}

function write({ words, behaviours, document, requirements, messages, sets, proxyChanges }: Spec): void {
  writeJson(root, "data/requirements.json", requirements);
  writeJson(root, "data/behaviours.json", behaviours);
  writeJson(root, "data/vocabulary.json", words);
  writeJson(root, "data/messages.en.json", messages.english);
  for (const [language, translation] of Object.entries(messages.translations))
    writeJson(root, `data/messages.${language}.json`, translation);
  for (const set of sets) writeJson(root, `data/sets/${set.minor}.json`, set);
  writeJson(root, "data/proxy-changes.json", proxyChanges);
  writeDocument("openapi", document);
  for (const minor of minors) writeDocument(`kubelet-${minor}`, derive(document, minor));
  const made = changes(document, behaviours);
  writeJson(root, "data/changes.json", made);
  writeWhole(join(root, "CHANGES.md"), changesPage(made, document));
  console.log(`spec: ${requirements.length} requirements, ${Object.keys(behaviours).length} behaviour tables, ${minors.length} minors`);
}
