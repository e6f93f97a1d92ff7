import { cpSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { fetchGenerator, generate, openapiGenerator } from "./openapi-generator.ts";
import { program } from "./programs.ts";

export const java: Language = {
  id: "java",
  tool: `${openapiGenerator} java`,
  needs: ["java", "mvn"],
  prepare: fetchGenerator,
  async make(job) {
    const { directory, run } = job;
    await generate(job, "java", "native", directory);
    cpSync(program("java", "Main.java"), join(directory, "src/main/java/Main.java"));
    const paths = `org.apache.maven.plugins:maven-dependency-plugin:${pins.mavenDependencyPlugin}:build-classpath`;
    await run({ program: "mvn", arguments: ["--quiet", "--batch-mode", "compile", paths, "-Dmdep.outputFile=classpath"], directory });
    const classes = [join(directory, "target/classes"), readFileSync(join(directory, "classpath"), "utf8").trim()].join(delimiter);
    return { program: "java", arguments: ["-cp", classes, "Main"] };
  },
};
