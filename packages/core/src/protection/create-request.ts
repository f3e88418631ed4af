import type { NewDataSubjectRequest } from "@shangji/contracts/protection/schemas";
import type { CallContext } from "../kit/context.ts";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { notErasable } from "./not-erasable.ts";
import type { RequestDeps, RequestRecord } from "./ports.ts";

/**
 * Orders the export or the erasure of a person's data; the write itself leads to the event that starts it. A deleted contact
 * is a person still, so they are found as well. @throws DomainError `unknown_reference`, `not_erasable`
 */
export async function createDataSubjectRequest(
  { type, subjectId, reference }: NewDataSubjectRequest,
  deps: Pick<RequestDeps, "requests" | "records" | "belongings"> & { context: CallContext },
): Promise<Stored<RequestRecord>> {
  const { context } = deps;
  const subject = await deps.records.get(subjectId);
  if (!subject) throw unknownReference("/body/subjectId", subjectId);
  const problem = type === "erasure" ? await notErasable(subject, deps.belongings) : undefined;
  if (problem !== undefined) throw new DomainError("not_erasable", problem);
  const fields = { type, subjectId, reference, status: "running" as const, items: 0, createdBy: context.actor.userId };
  const command = type === "export" ? "exportSubject" : "eraseSubject";
  const request = newRecord<RequestRecord>("dataSubjectRequest", fields as never, { context, command });
  await deps.requests.create(request, context.claim);
  return request;
}
