import { referTo } from "../references/references.ts";
import type { RowContext } from "./importer.ts";

/**
 * The owner and the team that follow from an owner's cell; nothing when the cell is empty or the record has this owner
 * already, since a record keeps the team that it came into with its owner. @throws RowProblem
 */
export function ownerFields(
  text: string | undefined,
  context: RowContext,
  before: { ownerId?: string | undefined } = {},
): Record<string, unknown> {
  if (text === undefined) return {};
  const owner = referTo(context.known.users.find(text), "owner", text);
  return owner.id === before.ownerId ? {} : { ownerId: owner.id, teamId: owner.teamId ?? null };
}
