import { isDeepStrictEqual } from "node:util";
import type { Belonging } from "../../access/viewer.ts";
import { foldName } from "../../kit/fold.ts";
import type { StoredRecord } from "../../kit/record.ts";
import type { RowContext, RowDraft } from "../entities/importer.ts";
import { importedBy, kindOf, madeId } from "../job.ts";
import type { RowWrite } from "../ports.ts";
import { RefusedRow, RowProblem } from "../problem.ts";
import type { Found } from "./find-matches.ts";
import { claimsOf } from "./keys.ts";
import type { PendingRow } from "./process-rows.ts";

/** What a row comes to, before anything is written. */
export type Decision = { settled: "created" | "updated" | "skipped" } | { write: RowWrite };

/** Decides what becomes of a row. @throws RowProblem, UnresolvedReference */
export async function decideRow(
  { row, draft, refusal }: PendingRow,
  found: Found,
  context: RowContext,
): Promise<Decision> {
  const { job, judge } = context;
  const id = madeId(kindOf[job.entity], job, row);
  // An earlier run of this step has made it; whatever people have done to it since stays.
  if ((found.record?.id ?? found.claimedId) === id) return { settled: "created" };
  judge.assertMayImport();
  if (refusal) throw refusal;
  if (found.ambiguous) throw new RowProblem("name: several records have this name; give an external id");
  if (found.record) return changeOf(row, draft, found.record, context);
  if (found.claimedId !== undefined && job.dryRun) {
    assertMayCreate(await draft.create(context), context);
    return { settled: job.options.onExisting === "skip" ? "skipped" : "updated" };
  }
  return { write: await creation(row, id, draft, found, context) };
}

async function creation(
  row: number,
  id: string,
  draft: RowDraft,
  found: Found,
  context: RowContext,
): Promise<RowWrite> {
  const { job, at } = context;
  const fields = known(await draft.create(context));
  assertMayCreate(fields, context);
  // As the API says of a record that the sender may not see.
  if (found.isTaken) throw new RefusedRow("duplicate_value", "externalId: another record has this value");
  const record = { ...fields, id, version: 1, createdAt: at, updatedAt: at, change: importedBy(job, row, at) };
  // A name that another person has claimed stays theirs.
  const claims = found.claimedId === undefined ? claimsOf(job, draft.match, foldName(String(fields.name))) : [];
  return { type: "create", kind: kindOf[job.entity], record, claims };
}

async function changeOf(row: number, draft: RowDraft, before: StoredRecord, context: RowContext): Promise<Decision> {
  const { job, at } = context;
  if (job.options.onExisting === "skip") return { settled: "skipped" };
  const old: Record<string, unknown> = { ...before };
  const after = { ...old };
  // The match has found it among records of the draft's own kind.
  for (const [field, value] of Object.entries(await draft.change(before, context))) {
    if (value === null) delete after[field];
    else if (value !== undefined) after[field] = value;
  }
  // Found by its name, in whatever spelling: the stored one stays.
  const isSameName = foldName(String(after.name)) === foldName(String(old.name));
  if (draft.match.externalId === undefined && isSameName) after.name = old.name;
  if (isDeepStrictEqual(after, old)) return { settled: "skipped" };
  if (!context.judge.mayUpdate(kindOf[job.entity], before, after))
    throw new RefusedRow("forbidden", "your role does not cover this record");
  const stamped = { ...after, version: before.version + 1, updatedAt: at, change: importedBy(job, row, at) };
  // Only fields of the record's own kind have been set.
  return { write: { type: "update", kind: kindOf[job.entity], before, after: stamped as StoredRecord, row } };
}

function assertMayCreate(fields: Belonging, { job, judge }: RowContext): void {
  if (!judge.mayCreate(kindOf[job.entity], fields))
    throw new RefusedRow("forbidden", "your role may not add a record of this owner");
}

/** Without fields that are empty: the store holds only what is known. */
function known(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
