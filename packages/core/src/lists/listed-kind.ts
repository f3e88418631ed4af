import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { FieldCatalogue } from "../conditions/field.ts";
import type { LanePart, OrderName } from "../kit/record.ts";

/** How a kind of record can be listed. */
export interface ListedKind {
  entity: OwnedEntity;
  fields: FieldCatalogue;
  /** The field whose value names a lane. */
  lanes: Readonly<Partial<Record<LanePart["by"], string>>>;
  /** The order that is kept for a field. */
  orders: Readonly<Record<string, OrderName>>;
}

/** How many records lanes hold, as far as it is known; they may have become a few more. */
export type LaneSizes = (lane: LanePart) => number | undefined;

/** For kinds whose lanes nobody counts. */
export async function uncounted(): Promise<LaneSizes> {
  return () => undefined;
}
