/** Writes `src/generated/msw-examples.ts` from the spec. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { exampleTable, tableModule } from "./example-table.ts";

const directory = new URL("../src/generated/", import.meta.url);
const file = new URL("msw-examples.ts", directory);
const temporary = new URL("msw-examples.ts.tmp", directory);
mkdirSync(directory, { recursive: true });
writeFileSync(temporary, tableModule(exampleTable()));
renameSync(temporary, file);
