import type { Match } from "../entities/importer.ts";
import { type ImportJob, kindOf } from "../job.ts";
import type { Claim } from "../ports.ts";

/** The key under which a name is claimed within an import. */
export const nameKey = (kind: string, foldedName: string) => `${kind}/name/${foldedName}`;
export const externalKey = (kind: string, externalId: string) => `${kind}/external/${externalId}`;
export const emailKey = (kind: string, email: string) => `${kind}/email/${email}`;

/** What a row is recognised by; rows with the same key mean the same record. Undefined: every row is a new record. */
export function keyOf(job: ImportJob, match: Match): string | undefined {
  const kind = kindOf[job.entity];
  if (match.externalId !== undefined) return externalKey(kind, match.externalId);
  if (match.email !== undefined) return emailKey(kind, match.email);
  return match.name === undefined ? undefined : nameKey(kind, match.name);
}

/**
 * The keys that a new record takes within its import. Names are no unique values of the store, so rows of chunks that run at the
 * same time would both make the record. An account with an external id shares its name: only rows that name it as their parent
 * look for it. A dry run writes no records, so there external ids and e-mails are claimed as well.
 */
export function claimsOf(job: ImportJob, match: Match, name: string): Claim[] {
  const kind = kindOf[job.entity];
  const { externalId, email } = match;
  const claims: Claim[] = [];
  if (externalId !== undefined && job.dryRun) claims.push({ key: externalKey(kind, externalId), exclusive: true });
  if (email !== undefined && job.dryRun) claims.push({ key: emailKey(kind, email), exclusive: true });
  const isSure = externalId !== undefined || email !== undefined;
  if (match.name !== undefined) claims.push({ key: nameKey(kind, match.name), exclusive: !(isSure && job.dryRun) });
  else if (job.entity === "accounts") claims.push({ key: nameKey(kind, name), exclusive: false });
  return claims;
}
