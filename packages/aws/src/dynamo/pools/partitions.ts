/** What the partitions of a pool's claims, of their first touches, and its places in the index of what waits, begin with. */
export const poolClaimsPrefix = "pool-claims#";
export const poolTouchesPrefix = "pool-touches#";

/** Figures of pools are shown for thirty days. */
export const figureDays = 40;

/** The queue of a pool in gsi5. */
export function poolQueue(poolId: string): string {
  return `pool#${poolId}`;
}
