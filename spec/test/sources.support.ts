/** What the spec's build reads, below the spec's directory, apart from `messages`, which is large. */
export const sources = [
  "areas.yaml",
  "profiles.yaml",
  "needs.yaml",
  "answers.yaml",
  "proxy-changes.yaml",
  "behaviours",
  "requirements",
  "outcomes",
  "openapi",
  "sets",
];
