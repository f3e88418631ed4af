import { subjectFrom } from "./erase-subject.ts";
import type { RequestDeps, RequestRecord, SubjectRecord } from "./ports.ts";

/** What only the store needs of a record. */
const bookkeeping = ["change", "erasure", "seal"];

/**
 * Writes all that is kept about a person into one JSON file; answers how many items it has. Undefined when the person was
 * erased meanwhile: then there is no file.
 */
export async function exportSubject(
  request: Pick<RequestRecord, "id" | "subjectId" | "createdAt">,
  { records, stores, files, clock }: Pick<RequestDeps, "records" | "stores" | "files" | "clock">,
): Promise<number | undefined> {
  const { subjectId } = request;
  const before = await records.get(subjectId);
  const subject = subjectFrom(subjectId, before);
  const parts: Record<string, readonly unknown[]> = {};
  for (const store of stores) parts[store.name] = await store.read(subject);
  const document = {
    subjectId,
    requestId: request.id,
    madeAt: clock.now().toISOString(),
    record: before && shown(before),
    ...parts,
  };
  await files.save(request, JSON.stringify(document, undefined, 2));
  // An erasure closes the record before it removes the files of exports. One that had been through with them did not see this.
  const after = await records.get(subjectId);
  if (after?.erasure === before?.erasure) return Object.values(parts).reduce((sum, part) => sum + part.length, 1);
  await files.remove(request);
  return undefined;
}

function shown(record: SubjectRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !bookkeeping.includes(field)));
}
