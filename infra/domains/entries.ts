/**
 * Source of every deployed function. The bundle builds exactly these, and a function construct can name no other; a new
 * function is one line here and one construct in its domain.
 */
export const entries = [
  "functions/access/authorizer.ts",
  "functions/access/http.ts",
  "functions/people/http.ts",
  "functions/people/on-user-changed.ts",
  "functions/people/hand-over.ts",
  "functions/accounts/http.ts",
  "functions/contacts/http.ts",
  "functions/products/http.ts",
  "functions/pipelines/http.ts",
  "functions/opportunities/http.ts",
  "functions/opportunities/on-account-industry-changed.ts",
  "functions/leads/http.ts",
  "functions/leads/assign.ts",
  "functions/scoring/http.ts",
  "functions/scoring/score.ts",
  "functions/scoring/on-lead-changed.ts",
  "functions/scoring/recompute.ts",
  "functions/response/follow.ts",
  "functions/response/sweep.ts",
  "functions/response/replan.ts",
  "functions/forms/http.ts",
  "functions/public-forms/http.ts",
  "functions/pools/http.ts",
  "functions/views/http.ts",
  "functions/timeline/http.ts",
  "functions/imports/http.ts",
  "functions/imports/on-source-uploaded.ts",
  "functions/imports/prepare.ts",
  "functions/imports/run-chunk.ts",
  "functions/imports/finish.ts",
  "functions/imports/fail.ts",
  "functions/exports/http.ts",
  "functions/exports/run-export.ts",
  "functions/analytics/http.ts",
  "functions/analytics/projector.ts",
  "functions/analytics/heartbeat.ts",
  "functions/organization/http.ts",
  "functions/service-accounts/http.ts",
  "functions/audit/http.ts",
  "functions/audit/on-signed-in.ts",
  "functions/search/http.ts",
  "functions/notifications/http.ts",
  "functions/notifications/notify.ts",
  "functions/notifications/send-mail.ts",
  "functions/events/publisher.ts",
  "functions/jobs/start.ts",
  "functions/protection/http.ts",
  "functions/protection/run-request.ts",
  "functions/merges/http.ts",
  "functions/merges/move-children.ts",
] as const;

export type Entry = (typeof entries)[number];

/** `functions/people/http.ts` -> `people/http`. */
export function entryName(entry: Entry): string {
  return entry.slice("functions/".length, -".ts".length);
}
