import type { Merge } from "@shangji/contracts/merges/schemas";
import { notFound } from "../kit/domain-error.ts";
import type { Page, PageRequest, Stored } from "../kit/record.ts";
import type { MergeDeps } from "./merge-records.ts";

/** What was merged into a record, for whoever may read it. @throws DomainError `not_found` */
export async function listMerges(
  { winnerId, ...page }: PageRequest & { winnerId: string },
  { merges, records }: Pick<MergeDeps, "merges" | "records">,
): Promise<Page<Stored<Merge>>> {
  if (!(await records.get(winnerId))) throw notFound();
  return merges.list(winnerId, page);
}
