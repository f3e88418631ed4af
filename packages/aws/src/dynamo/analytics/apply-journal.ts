import { addition, shardChoice } from "./shards.ts";
import { advance, type JournalHead, listHeads, readHead, readParts, removeJournal, sealing } from "./journal.ts";
import { type ItemPart, mergeItems } from "./merge-items.ts";
import { beforeAttempt, type ProjectorDeps, transactionLimit } from "./projector-deps.ts";
import { transact } from "./transact.ts";

/**
 * Applies what a journal still holds and removes it. Any number of workers may do so at once, and each may stop at any
 * point: a chunk is applied in one transaction with the note that it is. A journal that is gone has been applied.
 */
export async function applyJournal(epoch: string, id: string, deps: ProjectorDeps): Promise<void> {
  const sealed = await sealJournal(epoch, id, deps);
  if (!sealed) return;
  const chunks = chunked(mergeItems(await readParts(deps.table, epoch, id)), deps);
  const choice = shardChoice(deps.random);
  let head: JournalHead | undefined = sealed;
  let cause: unknown;
  for (let attempt = 0; head && (head.applied ?? 0) < (head.chunks ?? 0); attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const chunk: number = head.applied ?? 0;
    const outcome = await transact(deps.table, [
      advance(deps.table, epoch, id, chunk),
      ...(chunks[chunk] ?? []).map((item) => addition(deps.table, item, choice.current())),
    ]);
    if (outcome.kind === "committed") {
      head = { ...head, applied: chunk + 1 };
      attempt = -1;
      continue;
    }
    choice.avoid(outcome.kind);
    cause = outcome.kind === "refused" ? new Error("another worker applies the journal") : outcome.cause;
    head = await readHead(deps.table, epoch, id);
  }
  if (head) await removeJournal(deps, epoch, head);
}

/** Applies the journals that their writers have left behind. */
export async function applyAbandonedJournals(
  epoch: string,
  { olderThan }: { olderThan: Date },
  deps: ProjectorDeps,
): Promise<void> {
  for (const head of await listHeads(deps.table, epoch)) {
    if (head.createdAt < olderThan.toISOString()) await applyJournal(epoch, head.id, deps);
  }
}

/** Closes a journal for further parts. Undefined when it is gone. */
async function sealJournal(epoch: string, id: string, deps: ProjectorDeps): Promise<JournalHead | undefined> {
  let cause: unknown;
  for (let attempt = 0; ; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const head = await readHead(deps.table, epoch, id);
    if (!head || head.chunks !== undefined) return head;
    const chunks = chunked(mergeItems(await readParts(deps.table, epoch, id)), deps).length;
    const seal = sealing(deps.table, epoch, id, { parts: head.parts, chunks });
    const outcome = await transact(deps.table, [seal]);
    if (outcome.kind === "committed") return { ...head, chunks, applied: 0 };
    cause = outcome.kind === "refused" ? new Error("another worker changes the journal") : outcome.cause;
  }
}

/** One place of a transaction is for the journal's head. */
function chunked(items: readonly ItemPart[], { transactionItems = transactionLimit }: ProjectorDeps): ItemPart[][] {
  const size = transactionItems - 1;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
