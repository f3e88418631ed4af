import { beforeAttempt } from "../kit/attempts.ts";
import { advance, type JournalHead, listHeads, readHead, readParts, removeJournal, sealing } from "./journal.ts";
import { type ItemPart, mergeItems } from "./merge-items.ts";
import { type ProjectorDeps, transactionLimit } from "./projector-deps.ts";
import { addition, type ShardChoice, shardChoice } from "./shards.ts";
import { causeOf, transact } from "./transact.ts";

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
  while (head && !isApplied(head)) head = await applyChunk(head, { epoch, chunks, choice }, deps);
  if (head) await removeJournal(deps, epoch, head);
}

function isApplied({ applied = 0, chunks = 0 }: JournalHead): boolean {
  return applied >= chunks;
}

/** Applies the next chunk, unless another worker has. Answers the head after it; undefined when the journal is gone. */
async function applyChunk(
  before: JournalHead,
  { epoch, chunks, choice }: { epoch: string; chunks: readonly ItemPart[][]; choice: ShardChoice },
  deps: ProjectorDeps,
): Promise<JournalHead | undefined> {
  const chunk = before.applied ?? 0;
  let head: JournalHead | undefined = before;
  let cause: unknown;
  for (let attempt = 0; head?.applied === chunk; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const outcome = await transact(deps.table, [
      advance(deps.table, epoch, head.id, chunk),
      ...(chunks[chunk] ?? []).map((item) => addition(deps.table, item, choice.current())),
    ]);
    if (outcome.kind === "committed") return { ...head, applied: chunk + 1 };
    choice.avoid(outcome.kind);
    cause = causeOf(outcome);
    head = await readHead(deps.table, epoch, head.id);
  }
  return head;
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
    cause = causeOf(outcome);
  }
}

/** One place of a transaction is for the journal's head. */
function chunked(items: readonly ItemPart[], { transactionItems = transactionLimit }: ProjectorDeps): ItemPart[][] {
  const size = transactionItems - 1;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
