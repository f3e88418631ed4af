import { DomainError } from "../../kit/domain-error.ts";
import { foldName } from "../../kit/fold.ts";
import type { RowContext, RowDraft } from "../entities/importer.ts";
import { kindOf, madeId } from "../job.ts";
import type { ImportRecords, RowWrite, RowWriter } from "../ports.ts";
import { RefusedRow, RowProblem, UnresolvedReference } from "../problem.ts";
import type { AccountLookup } from "../references/account-lookup.ts";
import { checkRows } from "./check-rows.ts";
import { decideRow } from "./decide-row.ts";
import { ensureTeams } from "./ensure-teams.ts";
import { findMatches } from "./find-matches.ts";
import { keyOf } from "./keys.ts";

export interface PendingRow {
  row: number;
  draft: RowDraft;
  /** Why the sender may not fill the row's fields like that. */
  refusal?: RefusedRow | undefined;
}

/** What has become of a row. `waiting`: it refers to a row that has not been read yet. */
export type Outcome = ({ is: "created" | "updated" | "skipped" } | { is: "failed" | "waiting"; problem: string }) & {
  /** Whether it looks like another record. */
  isDuplicate?: boolean;
};

export interface RowRun {
  context: RowContext;
  chunk: number;
  accounts: AccountLookup;
  records: ImportRecords;
  writer: RowWriter;
}

/** How often a row is tried again when others keep changing what it needs. */
const maximumTries = 5;

/**
 * Brings rows into the store and answers the outcome of each. Rows go in waves: those that mean the same record, or that refer
 * to another row, follow after it. Running it again, also after a crash anywhere, gives each row's effect once.
 */
export async function processRows(rows: readonly PendingRow[], run: RowRun): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const tries = new Map<number, number>();
  const before = await run.records.changedRows(run.context.job.id, run.chunk);
  for (const { row } of rows) if (before.has(row)) outcomes.set(row, { is: "updated" });
  let next = rows.filter(({ row }) => !before.has(row));
  let held: HeldRow[] = [];
  while (next.length > 0) {
    const [wave, later] = firstOfEachKey(next, run);
    const result = await runWave(wave, run);
    for (const [row, outcome] of result.outcomes) outcomes.set(row, outcome);
    const again = result.again.filter(({ row }) => !isTriedOut(row, tries));
    for (const { row } of result.again) {
      if ((tries.get(row) ?? 0) >= maximumTries) outcomes.set(row, { is: "failed", problem: triedOut });
    }
    const waiting = [...held, ...result.held];
    const isMade = namesMade(wave, outcomes);
    held = waiting.filter(({ draft }) => !draft.accounts.some(isMade));
    next = [...later, ...again, ...waiting.filter(({ draft }) => draft.accounts.some(isMade))];
  }
  for (const { row, problem } of held) outcomes.set(row, { is: "waiting", problem });
  return outcomes;
}

const triedOut =
  "one of its unique values belongs to another record, or the record was changed by others again and again";

function isTriedOut(row: number, tries: Map<number, number>): boolean {
  const count = (tries.get(row) ?? 0) + 1;
  tries.set(row, count);
  return count >= maximumTries;
}

/** Splits rows into the first of each key and the others, in their order. */
function firstOfEachKey(rows: readonly PendingRow[], { context }: RowRun): [first: PendingRow[], later: PendingRow[]] {
  const seen = new Set<string>();
  const first: PendingRow[] = [];
  const later: PendingRow[] = [];
  for (const pending of rows) {
    const key = keyOf(context.job, pending.draft.match);
    (key !== undefined && seen.has(key) ? later : first).push(pending);
    if (key !== undefined) seen.add(key);
  }
  return [first, later];
}

/** Answers whether a text names a row of the wave that is in the store now. */
function namesMade(wave: readonly PendingRow[], outcomes: ReadonlyMap<number, Outcome>): (text: string) => boolean {
  const names = new Set<string>();
  for (const { row, draft } of wave) {
    const outcome = outcomes.get(row);
    if (!outcome || outcome.is === "failed") continue;
    if (draft.match.externalId !== undefined) names.add(draft.match.externalId);
    if (draft.name !== undefined) names.add(foldName(draft.name));
  }
  return (text) => names.has(text) || names.has(foldName(text));
}

/** A row that refers to a row that is not there yet, with what to say if it never comes. */
interface HeldRow extends PendingRow {
  problem: string;
}

interface Wave {
  outcomes: Map<number, Outcome>;
  held: HeldRow[];
  again: PendingRow[];
}

async function runWave(wave: readonly PendingRow[], run: RowRun): Promise<Wave> {
  const { context, accounts, records, writer, chunk } = run;
  const { job, known, judge } = context;
  await ensureTeams(
    wave.flatMap(({ draft }) => draft.team ?? []),
    run,
  );
  const [found] = await Promise.all([
    findMatches(
      wave.map(({ row, draft }) => ({ row, match: draft.match })),
      { job, known, judge, records },
    ),
    accounts.load(wave.flatMap(({ draft }) => draft.accounts)),
  ]);
  const result: Wave = { outcomes: new Map(), held: [], again: [] };
  const refused: number[] = [];
  const writing: { pending: PendingRow; write: RowWrite }[] = [];
  for (const [index, pending] of wave.entries()) {
    try {
      const decision = await decideRow(pending, found[index] ?? {}, context);
      if ("write" in decision) writing.push({ pending, write: decision.write });
      else result.outcomes.set(pending.row, { is: decision.settled });
    } catch (error) {
      const problem = problemOf(error);
      if (error instanceof RefusedRow) refused.push(pending.row);
      if (mayResolve(error, context)) result.held.push({ ...pending, problem });
      else result.outcomes.set(pending.row, { is: "failed", problem });
    }
  }
  for (const row of await madeBefore(refused, run)) result.outcomes.set(row, { is: "created" });
  const checked = await checkRows(
    writing.map(({ write }) => write),
    { context, records },
  );
  const allowed = writing.flatMap(({ pending }, index) => {
    const { write, isDuplicate, problem } = checked[index] ?? {};
    if (write) return [{ pending, write, isDuplicate }];
    result.outcomes.set(pending.row, { is: "failed", problem: problem ?? "", isDuplicate: true });
    return [];
  });
  const written = await writer.write(
    { importId: job.id, chunk, dryRun: job.dryRun },
    allowed.map(({ write }) => write),
  );
  for (const [index, { pending, write, isDuplicate }] of allowed.entries()) {
    const is = write.type === "create" ? "created" : "updated";
    if (written[index] !== "made") result.again.push(pending);
    else result.outcomes.set(pending.row, { is, ...(isDuplicate ? { isDuplicate } : {}) });
  }
  return result;
}

/** Rows that are refused now, and were written by an earlier run, when their sender might do it: they stay. */
async function madeBefore(rows: readonly number[], { context, records }: RowRun): Promise<number[]> {
  if (rows.length === 0) return [];
  const kind = kindOf[context.job.entity];
  const idOf = (row: number) => madeId(kind, context.job, row);
  const made = await records.getMany(kind, rows.map(idOf));
  return rows.filter((row) => made.has(idOf(row)));
}

/** A parent that is not there may be a row further down. */
function mayResolve(error: unknown, { job }: RowContext): boolean {
  return job.entity === "accounts" && error instanceof UnresolvedReference && error.field === "parent";
}

function problemOf(error: unknown): string {
  if (error instanceof RowProblem || error instanceof DomainError) return error.message;
  throw error;
}
