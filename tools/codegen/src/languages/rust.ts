import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../language.ts";
import { pins } from "../pins.ts";
import { fetchGenerator, generate, openapiGenerator } from "./openapi-generator.ts";
import { program } from "./programs.ts";

const manifest = `[package]
name = "codegen"
edition = "2021"

[dependencies]
openapi = { path = "kubelet" }
reqwest = { version = "=${pins.reqwest}", default-features = false }
tokio = { version = "=${pins.tokio}", features = ["macros", "rt"] }
`;

export const rust: Language = {
  id: "rust",
  tool: `${openapiGenerator} rust`,
  needs: ["cargo", "java", "mvn"],
  prepare: fetchGenerator,
  async make(job) {
    const { cache, directory, run } = job;
    await generate(job, "rust", "reqwest", join(directory, "kubelet"));
    writeFileSync(join(directory, "Cargo.toml"), manifest);
    cpSync(program("rust", "main.rs"), join(directory, "src/main.rs"));
    // Crates are compiled once for all minors.
    const target = join(cache, "rust");
    await run({ program: "cargo", arguments: ["build", "--quiet", "--target-dir", target], directory });
    return { program: join(target, "debug/codegen"), arguments: [] };
  },
};
