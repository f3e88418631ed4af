import { notFound } from "@shangji/core/kit/domain-error";
import type { GraveStore, RecordStore } from "@shangji/core/kit/record";

/** An answer that leads on to another path of the API. */
export class Redirect {
  readonly location: string;

  constructor(location: string) {
    this.location = location;
  }
}

/**
 * A record, or where it is now: a merged one has become part of another. `folder` is the path of its kind.
 * @throws DomainError `not_found`
 */
export async function foundOrMerged<T>(
  id: string,
  folder: `/v1/${string}`,
  records: Pick<RecordStore<T> & GraveStore<T>, "get" | "survivorOf">,
) {
  const record = await records.get(id);
  if (record) return record;
  const survivor = await records.survivorOf(id);
  if (survivor === undefined) throw notFound();
  return new Redirect(`${folder}/${survivor}`);
}
