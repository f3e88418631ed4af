import type { Domain } from "@shangji/contracts";

/** HTTP Lambdas: one per domain of the API. */
export const httpDomains: readonly Domain[] = [
  "people",
  "accounts",
  "contacts",
  "products",
  "pipelines",
  "opportunities",
  "timeline",
  "imports",
  "analytics",
  "organization",
];

/** Every Lambda entry point, as a path below `functions/` without its ending. */
export const functionEntries: readonly string[] = [
  ...httpDomains.map((domain) => `${domain}/http`),
  "access/authorizer",
  "events/publisher",
  "analytics/projector",
  "analytics/heartbeat",
  "opportunities/on-account-industry-changed",
  "imports/on-source-uploaded",
  "imports/prepare",
  "imports/run-chunk",
  "imports/finish",
  "imports/fail",
];
