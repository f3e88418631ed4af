import type { ListPosition } from "../kit/record.ts";
import type { ReplanProgress, ReplanProgresses } from "./ports.ts";

export interface ReplanStep {
  done: boolean;
  records: number;
  waitSeconds?: number;
}

export interface Replan {
  /** Id of the event of the change: chunks of one change go on where the last one ended. */
  cause: string;
  /** How many parts all of it has. */
  parts: number;
  /** The next records of a part, and where those after them begin. */
  page(
    part: number,
    after: ListPosition | undefined,
  ): Promise<{ ids: readonly string[]; next?: ListPosition | undefined }>;
  /** Plans records anew; answers how many have changed by it. */
  plan(ids: readonly string[], part: number): Promise<number>;
}

/** Settings and people are remembered for half a minute everywhere; then whoever starts a timer does so by the new ones. */
const settledSeconds = 31;

/** One chunk of planning timers anew after a change of their rules. It may run again, late and beside itself. */
export async function replanChunk(
  { cause, parts, page, plan }: Replan,
  { progresses }: { progresses: ReplanProgresses },
): Promise<ReplanStep> {
  const progress = await progresses.get(cause);
  if (!progress) {
    await progresses.put(cause, { shard: 0 });
    return { done: false, records: 0, waitSeconds: settledSeconds };
  }
  if (progress.shard >= parts) return { done: true, records: 0 };
  const { ids, next } = await page(progress.shard, progress.after);
  const records = await plan(ids, progress.shard);
  const place: ReplanProgress = next ? { ...progress, after: next } : { shard: progress.shard + 1 };
  await progresses.put(cause, place);
  return { done: place.shard >= parts, records };
}
