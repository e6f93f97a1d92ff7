import { join } from "node:path";
import type { Job } from "../language.ts";
import { pins } from "../pins.ts";

export const openapiGenerator = `openapi-generator ${pins.openapiGenerator}`;

const jar = `openapi-generator-cli-${pins.openapiGenerator}.jar`;

/** Gets the jar as any Maven project would. */
export async function fetchGenerator({ cache, run }: Pick<Job, "cache" | "run">): Promise<void> {
  await run({
    program: "mvn",
    arguments: [
      "--quiet",
      "--batch-mode",
      `org.apache.maven.plugins:maven-dependency-plugin:${pins.mavenDependencyPlugin}:copy`,
      `-Dartifact=org.openapitools:openapi-generator-cli:${pins.openapiGenerator}`,
      `-DoutputDirectory=${join(cache, "java")}`,
    ],
    directory: cache,
  });
}

/** Generates the library of a language into a directory; the code only, neither tests nor a page per model. */
export async function generate({ cache, document, run }: Job, generator: string, library: string, directory: string): Promise<void> {
  const without = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false";
  const words = ["generate", "-g", generator, "--library", library, "-i", document, "-o", directory, "--global-property", without];
  await run({ program: "java", arguments: ["-jar", join(cache, "java", jar), ...words] });
}
