import type { Change } from "@shangji/contracts/kit/primitives";
import type { Merge } from "@shangji/contracts/merges/schemas";
import type { KeptShare } from "../access/ports.ts";
import { type CallContext, changeBy } from "../kit/context.ts";
import type { Stored } from "../kit/record.ts";
import type { Merges } from "./ports.ts";

interface ShareMoveDeps {
  merges: Merges;
  context: CallContext;
}

/** With whom the loser was shared sees the winner; where both were, the wider right counts. */
export async function mergeShares(merge: Stored<Merge>, { merges, context }: ShareMoveDeps): Promise<void> {
  const [of, known] = await Promise.all([merges.sharesOf(merge.loserId), merges.sharesOf(merge.winnerId)]);
  for (const share of of) {
    const own = known.find(({ principalId }) => principalId === share.principalId);
    if (own && (own.level === "write" || share.level === "read")) continue;
    const { broughtBy: _, ...plain } = share;
    const brought: KeptShare = {
      ...plain,
      recordId: merge.winnerId,
      broughtBy: { mergeId: merge.id, ...(own ? { before: own.level } : {}) },
    };
    await merges.putShare(merge, brought, changeNow(context));
  }
}

/** Ends the shares that a merge has brought, or leaves what was there before. Those that people have made since stay. */
export async function unmergeShares(merge: Stored<Merge>, { merges, context }: ShareMoveDeps): Promise<void> {
  for (const share of await merges.sharesOf(merge.winnerId)) {
    const { broughtBy, ...plain } = share;
    if (broughtBy?.mergeId !== merge.id) continue;
    const change = changeNow(context);
    if (broughtBy.before) await merges.putShare(merge, { ...plain, level: broughtBy.before }, change);
    else await merges.endShare(merge, share, change);
  }
}

function changeNow(context: CallContext): Change {
  return changeBy(context, "followMerge", context.clock.now().toISOString());
}
