import { HoldingKind } from "@shangji/contracts/people/schemas";
import { entityOf } from "../kit/ids.ts";
import type { Belongings } from "../people/ports.ts";
import type { SubjectRecord } from "./ports.ts";

/**
 * Why a person cannot be erased yet; undefined when they can. Users first leave: who is deactivated is given nothing any more,
 * and what somebody owns is not to be left with nobody. Contacts and leads can always be erased.
 */
export async function notErasable(
  { id, active, erasure }: SubjectRecord,
  belongings: Pick<Belongings, "list">,
): Promise<string | undefined> {
  // What has begun is finished.
  if (entityOf(id) !== "user" || erasure !== undefined) return undefined;
  if (active !== false) return "The user is not deactivated.";
  const held = await Promise.all(HoldingKind.options.map((kind) => belongings.list(kind, id, { limit: 1 })));
  if (held.every(({ items, next }) => items.length === 0 && !next)) return undefined;
  return "The user still owns or leads records; hand them over first, closed ones too.";
}
