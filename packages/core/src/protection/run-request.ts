import type { Stored } from "../kit/record.ts";
import { type ErasureProgress, eraseNext } from "./erase-subject.ts";
import { exportSubject } from "./export-subject.ts";
import { notErasable } from "./not-erasable.ts";
import type { RequestDeps, RequestRecord } from "./ports.ts";

/** Does the next piece of a request. Doing it again, or after a crash, changes nothing twice. */
export async function runRequest(
  { id }: { id: string },
  deps: RequestDeps,
): Promise<{ done: boolean; records: number }> {
  const request = await deps.requests.get(id);
  if (request?.status !== "running") return { done: true, records: 0 };
  const isBegun = request.store !== undefined;
  const problem = isBegun ? undefined : await whyNotYet(request, deps);
  if (problem !== undefined) {
    await finish(request, { status: "failed", problem }, deps);
    return { done: true, records: 0 };
  }
  return request.type === "export" ? runExport(request, deps) : runErasure(request, deps);
}

async function runExport(request: Stored<RequestRecord>, deps: RequestDeps) {
  const items = await exportSubject(request, deps);
  if (items === undefined)
    await finish(request, { status: "failed", problem: "The person was erased meanwhile." }, deps);
  else await finish(request, { status: "completed", items }, deps);
  return { done: true, records: items ?? 0 };
}

async function runErasure(request: Stored<RequestRecord>, deps: RequestDeps) {
  const { id: requestId, subjectId, createdBy: actorId, store, position, items } = request;
  const before: ErasureProgress | undefined =
    store === undefined ? undefined : { store, items, ...(position ? { position } : {}) };
  const progress = await eraseNext({ subjectId, requestId, actorId }, before, deps);
  if (progress) await deps.requests.saveProgress(requestId, progress);
  else await finish(request, { status: "completed", items }, deps);
  return { done: !progress, records: Math.max((progress?.items ?? items) - items, 0) };
}

/** Since it was ordered, the person may have become part of another record, or the user been let in again or given something. */
async function whyNotYet(
  { type, subjectId }: Pick<RequestRecord, "type" | "subjectId">,
  { records, belongings }: RequestDeps,
): Promise<string | undefined> {
  const subject = await records.get(subjectId);
  // What is left under this id is nothing of the person, and it must not look as if that were all.
  if (subject?.mergedInto !== undefined) return "The record was merged into another one meanwhile; ask for that one.";
  return subject && type === "erasure" ? notErasable(subject, belongings) : undefined;
}

/** Says of a request that cannot be finished that it has failed; what is erased stays erased. */
export async function giveUpRequest(
  { id }: { id: string },
  deps: Pick<RequestDeps, "requests" | "clock">,
): Promise<void> {
  const request = await deps.requests.get(id);
  if (request?.status !== "running") return;
  const problem = "It stopped because of a fault on our side. What was done stays done; ask for it again.";
  await finish(request, { status: "failed", problem }, deps);
}

async function finish(
  before: Stored<RequestRecord>,
  result: Pick<RequestRecord, "status"> & Partial<Pick<RequestRecord, "items" | "problem">>,
  { requests, clock }: Pick<RequestDeps, "requests" | "clock">,
): Promise<void> {
  const at = clock.now().toISOString();
  const { store: _, position: __, ...rest } = before;
  const change = {
    ...before.change,
    actorId: "system",
    at,
    command: "finishDataSubjectRequest",
    source: "workflow" as const,
  };
  await requests.update(before, {
    ...rest,
    ...result,
    finishedAt: at,
    version: before.version + 1,
    updatedAt: at,
    change,
  });
}
