import type { DataSubjectRequest } from "@shangji/contracts/protection/schemas";
import { found } from "../kit/domain-error.ts";
import type { RequestDeps, RequestRecord } from "./ports.ts";

/** A request, with a link to its file when it is a finished export. @throws DomainError `not_found` */
export async function getDataSubjectRequest(
  { id }: { id: string },
  deps: Pick<RequestDeps, "requests" | "files">,
): Promise<DataSubjectRequest> {
  const request: RequestRecord = await found(deps.requests.get(id));
  const { position: _, ...shown } = request;
  const hasFile = request.type === "export" && request.status === "completed";
  return hasFile ? { ...shown, downloadUrl: await deps.files.downloadLink(request) } : shown;
}
