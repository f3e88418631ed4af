import { catchUp } from "@shangji/aws/dynamo/analytics/catch-up";
import { type CheckResult, checkAggregates } from "@shangji/aws/dynamo/analytics/check";
import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { subjectRecordsIn } from "@shangji/aws/dynamo/protection/subject-records";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import { storesInTable } from "@shangji/aws/protection/subject-stores";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import type { Clock } from "@shangji/core/kit/context";
import type { ErasureLedger } from "@shangji/core/protection/ports";
import { type Replayed, replayErasures } from "@shangji/core/protection/replay-erasures";
import { scanRecords } from "../local/scan-records.ts";
import { compareItems, type ItemComparison } from "./compare-items.ts";
import type { Images } from "./images.ts";
import { imagesIn } from "./table-images.ts";

/** A copy that was made of a table, and what it was made of. */
export interface Restored {
  /** What it holds, in a word. */
  of: "records" | "audit trail" | "totals";
  source: Images;
  copy: Table;
}

export interface DrillOptions {
  restored: readonly Restored[];
  /** The ledger as it is now, not that of the copy. */
  ledger: Pick<ErasureLedger, "all">;
  /** In which the organisation's days begin. */
  zone: string;
  clock: Clock;
  /** Hears of each step as it is done. */
  tell(line: string): void;
}

export interface DrillResult {
  items: Map<Restored["of"], ItemComparison>;
  aggregates: CheckResult;
  erasures: Replayed;
  /** Whether the copy could take the place of the store. */
  isEqual: boolean;
}

/**
 * Proves that copies are what they were made of: item by item, then every aggregate against a count of the copied records.
 * The search index has no copy: it is made anew of the records.
 * What was on its way to the projector when the copy was taken is counted first, as a real restore would do. Then it erases
 * again whoever was erased since, and looks that nothing is left of them. Only the copies of the records and the totals are written to.
 */
export async function drill(options: DrillOptions): Promise<DrillResult> {
  const { restored, tell } = options;
  const items = new Map<Restored["of"], ItemComparison>();
  for (const { of, source, copy } of restored) {
    const compared = await compareItems(source, imagesIn(copy));
    items.set(of, compared);
    for (const { is, pk, sk } of compared.examples) tell(`${of}: ${is}: ${JSON.stringify(pk)} ${JSON.stringify(sk)}`);
    const { missing, surplus, differing } = compared;
    tell(
      `${of}: ${compared.items} items, ${compared.copied} in the copy: ${missing} missing, ${surplus} surplus, ${differing} differing`,
    );
  }
  const copyOf = (part: Restored["of"]) => restored.find(({ of }) => of === part)?.copy;
  const [records, totals] = [copyOf("records"), copyOf("totals")];
  if (!records || !totals) throw new Error("a drill needs a copy of the records and one of the totals");
  const aggregates = await checkCopies({ records, totals }, options);
  const erasures = await replayErasures(options.ledger, erasureDeps(records, options.clock));
  tell(`erasures: ${erasures.erasures} done again, of ${erasures.left.length} persons something is left`);
  const isEqual =
    [...items.values()].every(({ missing, surplus, differing }) => missing + surplus + differing === 0) &&
    aggregates.differences.length + aggregates.failures.length + erasures.left.length === 0;
  return { items, aggregates, erasures, isEqual };
}

async function checkCopies(
  copies: { records: Table; totals: Table },
  { zone, clock, tell }: DrillOptions,
): Promise<CheckResult> {
  const deps = projectorDepsFor(copies, clock);
  const pipelineIds = (await pipelinesIn(copies.records, clock).all()).map(({ id }) => id);
  async function* facts() {
    for await (const opportunity of scanRecords(copies.records, opportunityShape))
      yield factsSourceOf(opportunity, zone);
  }
  let result = await checkAggregates(facts(), pipelineIds, deps);
  if (result.differences.length > 0) {
    tell(`aggregates: ${result.differences.length} counters were behind; counting what was on its way`);
    await catchUp(facts(), deps);
    result = await checkAggregates(facts(), pipelineIds, deps);
  }
  for (const difference of result.differences.slice(0, 20)) tell(`aggregates: ${JSON.stringify(difference)}`);
  for (const { id } of result.failures.slice(0, 20)) tell(`aggregates: ${id} cannot be read`);
  tell(`aggregates: ${result.records} opportunities, ${result.cells} cells: ${result.differences.length} differences`);
  return result;
}

/** Whatever erases in a copy of the records: nothing of it reaches beyond the copy. */
function erasureDeps(table: Table, clock: Clock) {
  return {
    records: subjectRecordsIn(table),
    stores: storesInTable({ table, imports: importStoreIn(table, clock), clock }),
    keys: subjectKeysIn(table),
    ledger: { add: async () => undefined },
    clock,
  };
}
