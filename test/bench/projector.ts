import { OpenJournals } from "@shangji/aws/dynamo/analytics/open-journals";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { dateAfter } from "@shangji/core/analytics/calendar-days";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { startDynamoDb } from "@shangji/testing/dynamodb";
import { imagesOf, opportunityImage, testStages } from "@shangji/testing/opportunity-images";
import { round } from "./load.ts";

export interface ProjectorRow {
  records: number;
  batch: number;
  recordsPerSecond: number;
}

/** Records counted with each size of batch; one alone changes forty items. */
const recordsFor = new Map([
  [1, 100],
  [100, 1_000],
  [1_000, 5_000],
]);
const lanes = 1;

/** Counts new opportunities by batches of several sizes, two at the same time. */
export async function measureProjector(): Promise<ProjectorRow[]> {
  const engine = await startDynamoDb();
  try {
    const rows: ProjectorRow[] = [];
    // The first run warms the engine up.
    for (const batch of [1_000, 1, 100, 1_000]) {
      const table = await engine.createTable({ definition: totalsTableDefinition });
      const images = Array.from({ length: recordsFor.get(batch) ?? 0 }, (_, index) => image(index));
      let ids = 0;
      const deps = {
        table,
        clock: { now: () => new Date() },
        pipelineStages: async () => testStages,
        newId: () => `journal-${++ids}`,
        random: Math.random,
        pause: jitteredPause(),
        open: new OpenJournals(),
      };
      const started = performance.now();
      const work = async (lane: number) => {
        for (let start = lane * batch; start < images.length; start += lanes * batch) {
          const more = batch === 1_000 && start + lanes * batch < images.length;
          const { failures } = await projectBatch(images.slice(start, start + batch), deps, { more });
          if (failures.length > 0) throw new Error(`not counted: ${JSON.stringify(failures[0])}`);
        }
      };
      await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
      const seconds = (performance.now() - started) / 1000;
      rows.push({ records: images.length, batch, recordsPerSecond: round(images.length / seconds) });
    }
    return rows.slice(1);
  } finally {
    await engine.stop();
  }
}

function image(index: number): OpportunityFactsSource {
  const first = opportunityImage({
    id: `opp_${index}`,
    openedOn: dateAfter("2025-01-01", (index * 7) % 600),
    ownerId: `usr_${index % 30}`,
    teamId: `team_${index % 6}`,
    productIds: [`prd_${index % 7}`],
    industry: `industry ${index % 10}`,
    baseAmountMinor: 100_000 + index,
  });
  if (index % 4 === 0) return first;
  const closing = { do: "move", to: index % 4 === 1 ? 4 : 3, afterDays: 10 + (index % 90) } as const;
  return imagesOf(first, [closing]).at(-1) ?? first;
}
