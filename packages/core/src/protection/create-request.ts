import type { NewDataSubjectRequest } from "@shangji/contracts/protection/schemas";
import type { CallContext } from "../kit/context.ts";
import { unknownReference } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import type { RequestDeps, RequestRecord } from "./ports.ts";

/**
 * Orders the export or the erasure of a person's data; the write itself leads to the event that starts it. A deleted contact
 * is a person still, so they are found as well. @throws DomainError `unknown_reference`
 */
export async function createDataSubjectRequest(
  { type, subjectId, reference }: NewDataSubjectRequest,
  deps: Pick<RequestDeps, "requests" | "records"> & { context: CallContext },
): Promise<Stored<RequestRecord>> {
  const { context } = deps;
  if (!(await deps.records.get(subjectId))) throw unknownReference("/body/subjectId", subjectId);
  const fields = { type, subjectId, reference, status: "running" as const, items: 0, createdBy: context.actor.userId };
  const command = type === "export" ? "exportSubject" : "eraseSubject";
  const request = newRecord<RequestRecord>("dataSubjectRequest", fields as never, { context, command });
  await deps.requests.create(request, context.claim);
  return request;
}
