import type { NewDataSubjectRequest } from "@shangji/contracts/protection/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { notErasable } from "./not-erasable.ts";
import type { RequestDeps, RequestRecord, SubjectRecord } from "./ports.ts";

/**
 * Orders the export or the erasure of a person's data; the write itself leads to the event that starts it. A deleted contact
 * is a person still, so they are found as well; who was merged into another is the other one, whom the request then names.
 * @throws DomainError `unknown_reference`, `not_erasable`
 */
export async function createDataSubjectRequest(
  { type, subjectId: given, reference }: NewDataSubjectRequest,
  deps: Pick<RequestDeps, "requests" | "records" | "belongings"> & { context: CallContext },
): Promise<Stored<RequestRecord>> {
  const { context } = deps;
  const subject = await personOf(given, deps.records);
  if (!subject) throw unknownReference("/body/subjectId", given);
  const { id: subjectId } = subject;
  const problem = type === "erasure" ? await notErasable(subject, deps.belongings) : undefined;
  if (problem !== undefined) throw new DomainError("not_erasable", problem);
  const fields = { type, subjectId, reference, status: "running" as const, items: 0, createdBy: context.actor.userId };
  const command = type === "export" ? "exportSubject" : "eraseSubject";
  const request = newRecord<RequestRecord>("dataSubjectRequest", fields, { context, command });
  await deps.requests.create(request, context.claim);
  return request;
}

/** What is merged into what was merged: as many steps as records that one may take in. */
const longestWay = 50;

async function personOf(id: string, records: RequestDeps["records"]): Promise<SubjectRecord | undefined> {
  let record = await records.get(id);
  for (let step = 0; record?.mergedInto !== undefined && step < longestWay; step++)
    record = await records.get(record.mergedInto);
  return record;
}
