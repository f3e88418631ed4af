import { exportDays } from "@shangji/contracts/exports/retention";
import { type ActorDeps, actorNow } from "../access/actor-now.ts";
import { hiddenFields } from "../access/field-rules.ts";
import type { Viewer } from "../access/viewer.ts";
import { type ViewerDeps, viewerOf } from "../access/viewer-of.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { revise } from "../kit/revise.ts";
import { listedKinds } from "../lists/listed-kinds.ts";
import { withoutPersonalValues } from "../protection/personal-filters.ts";
import { type CollectDeps, collect } from "./collect.ts";
import { exportLimits } from "./limits.ts";
import { mayExport } from "./may-export.ts";
import type { ExportFiles, ExportProgress, ExportRecord, Exports } from "./ports.ts";
import { type ExportProblem, problemText } from "./problems.ts";
import { headOf, type TextDeps, textOf } from "./rows/text.ts";

export interface RunExportDeps
  extends Omit<ActorDeps, "users">,
    Omit<CollectDeps, "files">,
    Omit<TextDeps, "users" | "records"> {
  exports: Exports;
  files: ExportFiles;
  users: ActorDeps["users"] & TextDeps["users"];
  viewers: ViewerDeps;
  context: CallContext;
  /** A text that no other run of a chunk has, so that two at once cannot overwrite each other's pieces. */
  nonce(): string;
  /** @default exportLimits.settleSeconds */
  settleSeconds?: number;
}

interface Chunk {
  done: boolean;
  records: number;
  waitSeconds?: number;
}

const again: Chunk = { done: false, records: 0 };
const refusals: readonly string[] = ["invalid_request", "invalid_cursor"];

/**
 * Does the next piece of an export. Each records how far it came in one conditional write after its piece of the file is
 * kept, so it may be stopped anywhere, and run again or beside itself: whichever run is recorded first counts, and what the
 * others have left is removed with the pieces.
 */
export async function runExport({ id }: { id: string }, deps: RunExportDeps): Promise<Chunk> {
  const order = await deps.exports.get(id);
  if (order?.status !== "running") {
    // Last of all, so that a file whose end could not be noted can be joined once more.
    await deps.files.removeParts(id);
    return { done: true, records: 0 };
  }
  // Nothing has changed a running export since it was ordered, so its stamp is that of the order.
  const asker = await actorNow({ id: order.ownerId, keyId: order.change.keyId }, deps);
  if (!asker) return fail(order, "asker_gone", deps);
  const viewer = await viewerOf(asker, deps.viewers);
  if (!mayExport(viewer, order.entity)) return fail(order, "rights_changed", deps);
  try {
    return await proceed(order, viewer, deps);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Another run of this chunk was recorded first; or what is asked for is refused to the asker by now.
    if (error.code === "conflict") return again;
    if (refusals.includes(error.code)) return fail(order, "rights_changed", deps);
    throw error;
  }
}

/** Says of an export that cannot be finished that it has failed. */
export async function giveUpExport(
  { id }: { id: string },
  deps: Pick<RunExportDeps, "exports" | "files" | "context">,
): Promise<void> {
  const order = await deps.exports.get(id);
  if (order?.status === "running") await fail(order, "our_fault", deps);
  if (order?.status !== "completed") await deps.files.removeParts(id);
}

async function proceed(order: ExportRecord, viewer: Viewer, deps: RunExportDeps): Promise<Chunk> {
  const hidden = hiddenFields(viewer, order.entity);
  const progress = await deps.exports.progressOf(order.id);
  if (!progress) return begin(order, hidden, deps);
  if (progress.fields.some((field) => hidden.has(field))) return fail(order, "rights_changed", deps);
  if (progress.stretch === "joining") return join(order, progress, deps);
  const waitSeconds = secondsUntil(progress.notBefore, deps);
  return waitSeconds > 0 ? { ...again, waitSeconds } : addPiece(order, progress, { viewer, deps });
}

async function begin(order: ExportRecord, hidden: ReadonlySet<string>, deps: RunExportDeps): Promise<Chunk> {
  const shown = Object.entries(listedKinds[order.entity].fields).flatMap(([name, { derive }]) =>
    derive ? [] : [name],
  );
  await deps.exports.saveProgress({
    exportId: order.id,
    step: 1,
    startedAt: deps.clock.now().toISOString(),
    fields: order.fields ?? shown.filter((name) => !hidden.has(name)),
    stretch: "quiet",
    rows: 0,
    parts: [],
  });
  return again;
}

async function addPiece(
  order: ExportRecord,
  progress: ExportProgress,
  { viewer, deps }: { viewer: Viewer; deps: RunExportDeps },
): Promise<Chunk> {
  const { records, next } = await collect(order, progress, { viewer, deps });
  const rows = progress.rows + records.length;
  if (rows > exportLimits.rows) return fail(order, "too_many_rows", deps);
  const parts = [...progress.parts];
  if (records.length > 0) {
    const text = await textOf(records, { order, fields: progress.fields, viewer }, deps);
    const name = `${String(progress.step).padStart(6, "0")}-${deps.nonce()}`;
    await deps.files.savePart(order.id, name, { text, ids: records.map(({ id }) => id) });
    parts.push({ name, bytes: Buffer.byteLength(text) });
  }
  const { position: _, notBefore: __, ...lasting } = progress;
  const place = next ? { position: next } : followingStretch(progress, deps);
  await deps.exports.saveProgress({ ...lasting, ...place, step: progress.step + 1, rows, parts });
  return { ...again, records: records.length };
}

function followingStretch(
  { stretch }: ExportProgress,
  { clock, settleSeconds = exportLimits.settleSeconds }: RunExportDeps,
): Pick<ExportProgress, "stretch" | "notBefore"> {
  if (stretch === "changed") return { stretch: "joining" };
  return { stretch: "changed", notBefore: new Date(clock.now().getTime() + settleSeconds * 1000).toISOString() };
}

async function join(order: ExportRecord, { fields, parts, rows }: ExportProgress, deps: RunExportDeps): Promise<Chunk> {
  const bytes = await deps.files.join(order, { head: headOf(order, fields), parts });
  const now = deps.clock.now();
  const expiresAt = new Date(now.getTime() + exportDays * 86_400_000).toISOString();
  await finish(order, { status: "completed", rows, bytes, expiresAt }, deps);
  return again;
}

async function fail(
  order: ExportRecord,
  problem: ExportProblem,
  deps: Pick<RunExportDeps, "exports" | "context">,
): Promise<Chunk> {
  await finish(order, { status: "failed", problem: problemText(problem, order) }, deps);
  return again;
}

async function finish(
  order: ExportRecord,
  result: Partial<ExportRecord>,
  { exports, context }: Pick<RunExportDeps, "exports" | "context">,
): Promise<void> {
  // What is over is kept for long, and may name somebody whose erasure would not find it.
  const filter = order.filter && withoutPersonalValues(order.entity, order.filter);
  const patch = { ...result, filter, finishedAt: context.clock.now().toISOString() };
  await exports.update(order, revise(order, patch, { context, command: "finishExport" }));
}

function secondsUntil(instant: string | undefined, { clock }: Pick<RunExportDeps, "clock">): number {
  return instant === undefined ? 0 : Math.max(Math.ceil((Date.parse(instant) - clock.now().getTime()) / 1000), 0);
}
