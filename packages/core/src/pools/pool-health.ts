import type { PoolHealth } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Clock } from "../kit/context.ts";
import { dateIn } from "../kit/zone.ts";
import { firstTouchHealth } from "./first-touch.ts";
import { poolRunBy } from "./part-in-pool.ts";
import type { PoolFigures, Pools } from "./ports.ts";

const day = 86_400_000;

interface Deps {
  pools: Pools;
  figures: PoolFigures;
  settings: { zone: string };
  viewer: Viewer;
  clock: Clock;
}

/** How a pool is doing, for those who run it. @throws DomainError `not_found`, `forbidden` */
export async function poolHealth({ id }: { id: string }, deps: Deps): Promise<PoolHealth> {
  const { figures, settings, clock } = deps;
  await poolRunBy(id, deps);
  const now = clock.now();
  const today = dateIn(settings.zone, now.toISOString());
  const first = dateIn(settings.zone, new Date(now.getTime() - 29 * day).toISOString());
  const [waiting, claims, touches] = await Promise.all([
    figures.waiting(id),
    figures.claimsSince(id, first),
    figures.touchesSince(id, first),
  ]);
  const sums = new Map<string, { today: number; last30Days: number }>();
  for (const claim of claims) {
    const sum = sums.get(claim.userId) ?? { today: 0, last30Days: 0 };
    sum.last30Days += claim.count;
    if (claim.day === today) sum.today += claim.count;
    sums.set(claim.userId, sum);
  }
  const { oldestAt } = waiting;
  return {
    ...waiting,
    ...(oldestAt === undefined
      ? {}
      : { oldestWaitSeconds: Math.max(0, Math.floor((now.getTime() - Date.parse(oldestAt)) / 1000)) }),
    firstTouch: firstTouchHealth(
      touches,
      claims.reduce((total, { count }) => total + count, 0),
    ),
    claims: [...sums]
      .map(([userId, sum]) => ({ userId, ...sum }))
      .sort((left, right) => right.last30Days - left.last30Days || (left.userId < right.userId ? -1 : 1)),
  };
}
