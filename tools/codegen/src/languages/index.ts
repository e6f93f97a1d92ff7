import type { Language } from "../language.ts";
import { go } from "./go.ts";
import { heyApi } from "./hey-api.ts";
import { java } from "./java.ts";
import { openapiTypescript } from "./openapi-typescript.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";
import { spectral } from "./spectral.ts";

/** Every consumer, in the order in which they are tried: the cheap ones first. */
export const languages: readonly Language[] = [openapiTypescript, heyApi, spectral, go, python, java, rust];
