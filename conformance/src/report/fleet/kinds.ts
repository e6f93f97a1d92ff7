import { toJson } from "../json.ts";
import type { FleetReport } from "./fleet-report.ts";

/** How each kind of report file is made of many kubelets; the same kinds as of one. */
export const fleetKinds: Readonly<Record<string, (report: FleetReport) => Promise<string>>> = {
  json: async (report) => (await import("./json.ts")).toFleetJson(report),
  html: async (report) => (await import("./html.ts")).toFleetHtml(report),
  markdown: async (report) => (await import("./markdown.ts")).toFleetMarkdown(report),
  junit: async (report) => (await import("./junit.ts")).toFleetJunit(report),
  sarif: async (report) => toJson((await import("./sarif.ts")).toFleetSarif(report)),
  ctrf: async (report) => toJson((await import("./ctrf.ts")).toFleetCtrf(report)),
  tap: async (report) => (await import("./tap.ts")).toFleetTap(report),
  badge: async (report) => toJson((await import("./badge.ts")).toFleetBadge(report)),
  "in-toto": async (report) => toJson((await import("./in-toto.ts")).toFleetStatement(report)),
};
