import { RowProblem } from "../problem.ts";
import { referTo } from "../references/references.ts";
import type { RowContext } from "./importer.ts";

/**
 * The owner and the team that follow from an owner's cell; nothing when the cell is empty or the record has this owner
 * already, since a record keeps the team that it came into with its owner. Only what is over may go to someone who is
 * deactivated. What is new and names nobody is the sender's, unless the sender may add what is nobody's. @throws RowProblem
 */
export function ownerFields(
  text: string | undefined,
  context: RowContext,
  { before, isOver = false }: { before?: { ownerId?: string | undefined }; isOver?: boolean } = {},
): Record<string, unknown> {
  if (text === undefined) return before ? {} : makersOwn(context);
  const owner = referTo(context.known.users.find(text), "owner", text);
  if (owner.id === before?.ownerId) return {};
  if (!owner.active && !isOver) throw new RowProblem(`owner: ${text} is deactivated`);
  return { ownerId: owner.id, teamId: owner.teamId ?? null };
}

function makersOwn({ judge, known }: RowContext): Record<string, unknown> {
  if (judge.writesAll("create")) return {};
  const { userId = "" } = judge.viewer?.actor ?? {};
  const maker = referTo(known.users.find(userId), "owner", userId);
  return { ownerId: maker.id, teamId: maker.teamId ?? null };
}
