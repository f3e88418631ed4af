import { createHash } from "node:crypto";
import type { RowResult } from "@shangji/contracts/kit/batch";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { FirstWrite, IdempotencyClaim, TakenClaims } from "@shangji/core/kit/idempotency";
import { describeError, log } from "./log.ts";
import type { Call } from "./operation.ts";
import { problemOf } from "./problem.ts";

/** The claim of one row. A row's number comes last and holds no `#`, so no row of another key has the same one. */
export function rowClaim(
  claim: IdempotencyClaim | undefined,
  row: unknown,
  index: number,
): IdempotencyClaim | undefined {
  if (!claim) return undefined;
  const fingerprint = createHash("sha256").update(JSON.stringify(row)).digest("base64url");
  return { key: `${claim.key}#${index}`, fingerprint, at: claim.at, keeps: "version" };
}

/** What earlier requests with a key have written of these rows, by claim. */
export async function writesOf(
  rows: readonly unknown[],
  claim: IdempotencyClaim | undefined,
  claims: TakenClaims,
): Promise<ReadonlyMap<string, FirstWrite>> {
  const all = rows.flatMap((row, index) => rowClaim(claim, row, index) ?? []);
  return all.length === 0 ? new Map() : claims.findMany(all);
}

/** What came of a row that was refused, or went wrong. */
export function refusedRow(
  error: unknown,
  {
    index,
    routeId,
    call,
  }: { index: number; routeId: string; call: Pick<Call<unknown, unknown, unknown>, "context" | "language"> },
): RowResult {
  const { requestId } = call.context;
  const { status, body } = problemOf(error, requestId, call.language);
  // A refusal is no fault, not even that of time.
  if (status >= 500 && !(error instanceof DomainError))
    log("error", { message: "row failed", requestId, route: routeId, index, ...describeError(error) });
  return { index, status, problem: body as RowResult["problem"] }; // a problem document
}
