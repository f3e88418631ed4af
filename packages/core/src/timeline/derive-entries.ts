import { idPrefixes, ownedEntities } from "@shangji/contracts/kit/entities";
import { isDeletion, isRestoration, type RecordChange } from "../events/record-change.ts";
import { idFrom } from "../kit/ids.ts";
import type { DerivedEntry } from "./ports.ts";

/** Ten or more bytes that depend on a text alone. */
export type Digest = (text: string) => Uint8Array;

type Happening = Pick<DerivedEntry, "kind" | "details">;

const withTimeline = new Set<string>(ownedEntities);

/** What one write adds to the timeline of its record. The ids follow from the write, so a second look adds nothing new. */
export function deriveEntries(change: RecordChange, digest: Digest): DerivedEntry[] {
  if (!withTimeline.has(change.kind)) return [];
  const { after } = change;
  return happenings(change).map((happening) => ({
    ...happening,
    id: entryId(after.change.at, digest(`${after.id}|${after.version}|${happening.kind}`)),
    recordId: after.id,
    at: after.change.at,
    actorId: after.change.actorId,
  }));
}

/** Entries share the order of notes: a ULID by time. */
function entryId(at: string, tail: Uint8Array): string {
  return idFrom("note", new Date(at), tail).slice(idPrefixes.note.length + 1);
}

function happenings(change: RecordChange): Happening[] {
  const { before, after } = change;
  if (after.erasure !== undefined) return [];
  if (!before) return after.deletedAt === undefined ? [{ kind: "created" }] : [];
  if (isDeletion(change)) {
    return [
      after.mergedInto === undefined
        ? { kind: "deleted" }
        : { kind: "merged", details: known({ to: after.mergedInto }) },
    ];
  }
  if (isRestoration(change)) {
    const from = before.mergedInto;
    return [from === undefined ? { kind: "restored" } : { kind: "unmerged", details: known({ from }) }];
  }
  if (after.deletedAt !== undefined) return [];
  const moves: Happening[] = [];
  if (before.stageId !== after.stageId) moves.push({ kind: "stage_changed", details: stageDetails(change) });
  if (change.kind === "lead" && before.status !== after.status) {
    const { status: to, statusReason } = after;
    moves.push({
      kind: "status_changed",
      details: known({ from: before.status, to, reason: statusReason ?? recycledReason(after) }),
    });
  }
  if (before.ownerId !== after.ownerId) {
    // A lead's status has told of the reason.
    const reason = change.kind === "account" ? recycledReason(after) : undefined;
    moves.push({ kind: "owner_changed", details: known({ from: before.ownerId, to: after.ownerId, reason }) });
  }
  return moves;
}

/** Nobody has put into words why a record is taken from who has left it alone. */
function recycledReason({ pool }: RecordChange["after"]): string | undefined {
  const isRecycled = typeof pool === "object" && pool !== null && "reason" in pool && pool.reason === "recycled";
  return isRecycled ? "recycled" : undefined;
}

function stageDetails({ before, after }: RecordChange): Record<string, string> {
  const { stageId: to, lostReason } = after;
  return known({ from: before?.stageId, to, reason: after.change.reason, lostReason });
}

function known(details: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
