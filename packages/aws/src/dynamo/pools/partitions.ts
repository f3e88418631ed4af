/** What the partitions of a pool's claims, and its places in the index of what waits, begin with. */
export const poolClaimsPrefix = "pool-claims#";

/** The queue of a pool in gsi5. */
export function poolQueue(poolId: string): string {
  return `pool#${poolId}`;
}
