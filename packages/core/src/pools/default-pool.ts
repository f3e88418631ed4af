import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Pools } from "./ports.ts";

/**
 * Where a lead goes that nobody is given: the pool that is named, if it is there, else the default one. Of several default
 * pools the newest counts. Pools of accounts take none.
 */
export async function poolForNobodys(
  named: string | undefined,
  { pools }: { pools: Pick<Pools, "all"> },
): Promise<Pool | undefined> {
  const all = (await pools.all()).filter(({ entity }) => entity === "lead");
  return all.find(({ id }) => id === named) ?? all.findLast(({ isDefault }) => isDefault);
}
