import { dateAfter } from "@shangji/core/analytics/calendar-days";
import { addTo, type Fold, type Period } from "@shangji/core/analytics/cells";
import type { Count } from "@shangji/core/analytics/count";
import type { OpportunityFacts } from "@shangji/core/analytics/facts";
import type { PeriodRange } from "@shangji/core/analytics/period-ranges";
import type { Aggregates, CountedRecords, SumQuery } from "@shangji/core/analytics/ports";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";
import { addItem, allTimeCounters, allTimePrefix, cellPartition, dayBounds, monthBounds } from "./cell-items.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { readEpochs } from "./epochs.ts";
import { markerKey } from "./markers.ts";
import { queryAll } from "./query-all.ts";

/** How long a reader stays with the epoch it knows: after a rebuild the old one is still whole for longer than that. */
const epochMilliseconds = 5_000;

/**
 * The aggregates in the table.
 * - all time: 1 Query of the groups of a dimension; a period: at most 3, for the days, the months and the days
 * - checkpoint: GetItem, 0.5 RCU
 * - what single records are counted with: BatchGetItem of their markers, 0.5 RCU each
 */
export function aggregatesIn(table: Table, clock: Clock): Aggregates & CountedRecords {
  let known: { epoch: Promise<string>; until: number } | undefined;
  const currentEpoch = () => {
    const now = clock.now().getTime();
    if (!known || known.until <= now) {
      const epoch = readEpochs(table).then(({ current }) => current);
      known = { epoch, until: now + epochMilliseconds };
      epoch.catch(() => {
        known = undefined;
      });
    }
    return known.epoch;
  };
  return {
    async sums(query) {
      const pk = cellPartition(await currentEpoch(), query.cube, query.dimension);
      const groups = new Map<string, Map<string, Count>>();
      await Promise.all(
        readsOf(query).map(async ({ accepts, ...range }) => {
          const fold: Fold = new Map();
          for (const item of await queryAll(table, { pk, ...range })) addItem(fold, item, { ...query, accepts });
          addGroups(groups, fold);
        }),
      );
      return groups;
    },
    checkpoint: () => readCheckpoint(table),
    async countedFacts(recordIds) {
      const epoch = await currentEpoch();
      const keys = [...new Set(recordIds)].map((id) => markerKey(epoch, id));
      const counted: OpportunityFacts[] = [];
      for await (const { facts } of batchGet(table, keys, { consistent: false })) {
        if (facts) counted.push(facts as OpportunityFacts); // only the projector writes markers
      }
      return counted;
    },
  };
}

interface Read {
  prefix?: string;
  between?: readonly [string, string];
  accepts: (period: Period) => boolean;
}

function readsOf({ periods, histograms }: SumQuery): Read[] {
  if (periods === "all") return [{ prefix: histograms ? allTimePrefix : allTimeCounters, accepts: () => true }];
  return periods.map(rangeRead);
}

/** A block of days at the edge of a range holds days outside of it. */
function rangeRead({ unit, from, to }: PeriodRange): Read {
  const between = unit === "month" ? monthBounds(from, to) : dayBounds(from, dateAfter(to, -1));
  return { between, accepts: (period) => period >= from && period < to };
}

function addGroups(groups: Map<string, Map<string, Count>>, fold: Fold): void {
  for (const { group, counters } of fold.values()) {
    let sums = groups.get(group);
    if (!sums) {
      sums = new Map();
      groups.set(group, sums);
    }
    for (const [name, value] of counters) addTo(sums, name, value);
  }
}
