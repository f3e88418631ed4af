import type { Duplicate } from "@shangji/contracts/duplicates/schemas";
import { checkDuplicates, marksPatch } from "../../duplicates/check-duplicates.ts";
import type { Compared } from "../../duplicates/find-duplicates.ts";
import type { ComparedEntity } from "../../duplicates/match-keys.ts";
import { DomainError } from "../../kit/domain-error.ts";
import type { StoredRecord } from "../../kit/record.ts";
import type { RowContext } from "../entities/importer.ts";
import type { Claim, ImportRecords, RowWrite } from "../ports.ts";

/** A row's write as the policy on duplicates lets it be, or why it does not. */
export interface CheckedRow {
  write?: RowWrite;
  isDuplicate?: boolean;
  problem?: string;
}

interface Checking {
  context: RowContext;
  records: ImportRecords;
}

/** So many rows are looked up at once; more only wait for a connection. */
const atOnce = 16;

/** Looks for duplicates of what rows are about to write; the answers are in the order of the writes. */
export async function checkRows(writes: readonly RowWrite[], checking: Checking): Promise<CheckedRow[]> {
  const checked: CheckedRow[] = [];
  for (let start = 0; start < writes.length; start += atOnce) {
    const part = writes.slice(start, start + atOnce);
    checked.push(...(await Promise.all(part.map((write) => checkRow(write, checking)))));
  }
  return checked;
}

async function checkRow(write: RowWrite, { context, records }: Checking): Promise<CheckedRow> {
  const { kind } = write;
  if (kind !== "account" && kind !== "contact" && kind !== "lead") return { write };
  const seen = (other: ComparedEntity) => context.judge.matches(records.matches(other), other);
  const [before, after] = write.type === "create" ? [undefined, write.record] : [write.before, write.after];
  try {
    const { marks, duplicates } = await checkDuplicates<Compared>(
      { entity: kind, before: before && compared(before), after: compared(after) },
      {
        ...context.duplicates,
        records: seen(kind),
        ...(kind === "lead" ? { others: seen("contact") } : {}),
      },
    );
    const marked = withPatch(after, marksPatch(marks, before));
    const claims = context.job.dryRun ? marks.held.map(({ field, value }) => claimOf(kind, field, value)) : [];
    const isDuplicate = duplicates.length > 0;
    if (write.type === "update") return { write: { ...write, after: marked }, isDuplicate };
    return { write: { ...write, record: marked, claims: [...write.claims, ...claims] }, isDuplicate };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "duplicate") throw error;
    return { problem: problemOf(error.failures as Duplicate[]) }; // of a refusal because of duplicates
  }
}

/** A dry run keeps rows of one file apart by claims, as nothing of it is stored. */
function claimOf(kind: string, field: string, value: string): Claim {
  return { key: `${kind}/${field}/${value}`, exclusive: true };
}

function problemOf(duplicates: readonly Duplicate[]): string {
  const [first] = duplicates;
  return first
    ? `looks like ${first.id}, which is there already (same ${first.matchedBy.join(", ")})`
    : "looks like a record that is there already";
}

/** Accounts, contacts and leads have a name, an e-mail or a phone number. */
function compared(record: StoredRecord): StoredRecord & Compared {
  return record as StoredRecord & Compared; // its kind says so
}

function withPatch(record: StoredRecord, patch: Record<string, unknown>): StoredRecord {
  const patched = Object.entries({ ...record, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(patched) as unknown as StoredRecord; // a record of the same kind
}
