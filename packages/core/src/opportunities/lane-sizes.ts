import { funnelCube, kpiCube, withoutValue } from "../analytics/cells.ts";
import { lost, open, stageCounters, won } from "../analytics/counters.ts";
import { partsOf } from "../analytics/owner-groups.ts";
import type { Aggregates, Counters } from "../analytics/ports.ts";
import { countOf } from "../analytics/read-groups.ts";
import type { Clock } from "../kit/context.ts";
import type { LanePart } from "../kit/record.ts";
import type { LaneSizes } from "../lists/listed-kind.ts";
import type { Pipelines } from "../pipelines/ports.ts";

interface Deps {
  aggregates: Pick<Aggregates, "sums">;
  pipelines: Pick<Pipelines, "all">;
  clock: Clock;
}

const freshMilliseconds = 30_000;
const statuses = [open, won, lost];

/**
 * Sizes of lanes of opportunities, from the aggregates: one read of the owners' totals in half a minute, and one of a
 * pipeline's for each that a stage is asked of. Accounts are not counted.
 */
export function laneSizesOf({
  aggregates,
  pipelines,
  clock,
}: Deps): (lanes: readonly LanePart[]) => Promise<LaneSizes> {
  let known: { at: number; totals: Promise<Totals> } | undefined;
  const totals = () => {
    const now = clock.now().getTime();
    if (!known || now - known.at > freshMilliseconds || now < known.at) {
      const reading = readTotals(aggregates);
      known = { at: now, totals: reading };
      // A failed read must not be remembered.
      reading.catch(() => {
        known = undefined;
      });
    }
    return known.totals;
  };
  return async (lanes) => {
    const stageIds = lanes.flatMap(({ by, id }) => (by === "stage" ? [id] : []));
    const [counted, stages] = await Promise.all([totals(), stageIds.length > 0 ? stageSizes(stageIds) : new Map()]);
    return ({ by, id, status }) => {
      if (by === "account") return undefined;
      if (by === "stage") return stages.get(id);
      return counted[by].get(keyOf(id, status)) ?? 0;
    };
  };

  async function stageSizes(stageIds: readonly string[]): Promise<Map<string, number>> {
    const all = await pipelines.all();
    const asked = all.filter(({ stages }) => stages.some(({ id }) => stageIds.includes(id)));
    const reads = asked.map(({ id }) =>
      aggregates.sums({ cube: funnelCube(id), dimension: "team", periods: "all", histograms: false }),
    );
    const teams = (await Promise.all(reads)).flatMap((groups) => [...groups.values()]);
    return new Map(stageIds.map((id) => [id, sumOf(teams, stageCounters.current(id))]));
  }
}

/** Numbers of records by owner and by team, of each status and of all. */
type Totals = Record<"owner" | "team", Map<string, number>>;

async function readTotals(aggregates: Deps["aggregates"]): Promise<Totals> {
  const totals: Totals = { owner: new Map(), team: new Map() };
  const groups = await aggregates.sums({ cube: kpiCube, dimension: "owner", periods: "all", histograms: false });
  for (const [group, counters] of groups) {
    const { owner, team } = partsOf(group);
    for (const status of statuses) {
      const count = countOf(counters, status);
      for (const key of [status, undefined]) {
        add(totals.owner, keyOf(owner, key), count);
        add(totals.team, keyOf(team, key), count);
      }
    }
  }
  return totals;
}

/** Groups and lanes without a value have one name. */
function keyOf(id: string, status: string | undefined): string {
  return `${id || withoutValue} ${status ?? "all"}`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function sumOf(groups: readonly Counters[], counter: string): number {
  return groups.reduce((total, counters) => total + countOf(counters, counter), 0);
}
