import type { Merge } from "@shangji/contracts/merges/schemas";
import type { Accounts } from "../accounts/ports.ts";
import type { Contacts } from "../contacts/ports.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import type { Page, Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { Opportunities } from "../opportunities/ports.ts";
import { mergeShares, unmergeShares } from "./move-shares.ts";
import type { Child, ChildKind, Merges, Replacement } from "./ports.ts";

export interface MoveDeps {
  merges: Merges;
  accounts: Pick<Accounts, "get" | "list">;
  contacts: Pick<Contacts, "get" | "list">;
  opportunities: Pick<Opportunities, "get" | "list">;
  context: CallContext;
}

export interface Moved {
  done: boolean;
  records: number;
  /** Nothing is left at the moment; what was on its way at the time of the merge may still come. */
  waitSeconds?: number;
}

/** Children in one transaction: two items for each, and the merge itself. */
const atOnce = 25;

/**
 * Whoever has read the loser before the merge may still write a child of it: a call lives for ten seconds, and the index lags
 * behind by less than the rest.
 */
const settlingMilliseconds = 60_000;

/**
 * One step of moving what belongs to the loser of a merge to the winner, or back again when the merge was undone. Each step
 * may run again, and beside itself: a child is moved with a note of it, as long as the merge is what it was.
 */
export async function moveChildren({ mergeId }: { mergeId: string }, deps: MoveDeps): Promise<Moved> {
  const merge = await deps.merges.get(mergeId);
  if (merge?.status === "moving") return follow(merge, deps);
  if (merge?.status === "undoing") return goBack(merge, deps);
  return { done: true, records: 0 };
}

async function follow(merge: Stored<Merge>, deps: MoveDeps): Promise<Moved> {
  await mergeShares(merge, deps);
  const { winnerId, loserId } = merge;
  const found = merge.entity === "account" ? await childrenOf(loserId, deps) : [];
  for (const { kind, children } of found) {
    const moves = await movesOf(kind, children, { from: loserId, to: winnerId }, deps);
    await inOneOrEach(moves, (some) => deps.merges.move(merge, some));
  }
  const records = found.reduce((sum, { children }) => sum + children.length, 0);
  if (records > 0) return { done: false, records };
  const left = Date.parse(merge.createdAt) + settlingMilliseconds - deps.context.clock.now().getTime();
  if (left > 0) return { done: false, records, waitSeconds: Math.ceil(left / 1000) };
  return settle(merge, "merged", deps);
}

async function goBack(merge: Stored<Merge>, deps: MoveDeps): Promise<Moved> {
  await unmergeShares(merge, deps);
  const ids = await deps.merges.moved(merge.id, atOnce);
  if (ids.length === 0) return settle(merge, "undone", deps);
  const back = { from: merge.winnerId, to: merge.loserId };
  const children = await Promise.all(
    ids.map(async (id) => {
      const kind = kindOf(id);
      const child = await storeOf(kind, deps).get(id);
      const [replacement] = child ? await movesOf(kind, [child as unknown as Child], back, deps) : []; // of its kind
      return { id, replacement };
    }),
  );
  await inOneOrEach(children, (some) => deps.merges.moveBack(merge, some));
  return { done: false, records: ids.length };
}

async function settle(merge: Stored<Merge>, status: Merge["status"], { merges, context }: MoveDeps): Promise<Moved> {
  await merges.settle({ before: merge, after: revise(merge, { status }, { context, command: "settleMerge" }) });
  return { done: true, records: 0 };
}

/** Some children of each kind that name an account. */
async function childrenOf(accountId: string, deps: MoveDeps): Promise<{ kind: ChildKind; children: Child[] }[]> {
  const kinds = ["contact", "opportunity", "account"] as const;
  return Promise.all(
    kinds.map(async (kind) => {
      const page: Page<object> = await storeOf(kind, deps).list({ by: "account", id: accountId }, { limit: atOnce });
      return { kind, children: page.items as Child[] }; // records of their kind
    }),
  );
}

function storeOf(kind: ChildKind, { accounts, contacts, opportunities }: MoveDeps) {
  return { account: accounts, contact: contacts, opportunity: opportunities }[kind];
}

function kindOf(id: string): ChildKind {
  return entityOf(id) as ChildKind; // only children are noted
}

/** The moves of those that still name the account that they are to leave. */
async function movesOf(
  kind: ChildKind,
  children: readonly Child[],
  { from, to }: { from: string; to: string },
  deps: MoveDeps,
): Promise<(Replacement<Child> & { kind: ChildKind })[]> {
  const reference = kind === "account" ? "parentId" : "accountId";
  const stamp = { context: deps.context, command: "followMerge" };
  // A deal shows the industry of its account.
  const industry = kind === "opportunity" ? { industry: (await deps.accounts.get(to))?.industry ?? null } : {};
  return children
    .filter((child) => child[reference] === from)
    .map((before) => ({ kind, before, after: revise(before, { [reference]: to, ...industry }, stamp) }));
}

/**
 * Writes all at once, or each alone when one of them stands in the way: what others are writing at this moment is left for
 * the next step, which reads it again.
 */
async function inOneOrEach<T>(moves: readonly T[], write: (moves: readonly T[]) => Promise<void>): Promise<void> {
  if (moves.length === 0 || (await isWritten(moves, write))) return;
  for (const move of moves) await isWritten([move], write);
}

async function isWritten<T>(moves: readonly T[], write: (moves: readonly T[]) => Promise<void>): Promise<boolean> {
  try {
    await write(moves);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return false;
    throw error;
  }
}
