import type { Visibility } from "@shangji/core/access/viewer";

/** Operands that one IN takes. */
const inLimit = 100;

/**
 * That a record is visible, as the rest of a condition: `isVisible` for a write that does not read first. A condition
 * has 4 KB, so it names six hundred teams at most.
 */
export function visibleCondition(visibility: Visibility): {
  ConditionExpression: string;
  ExpressionAttributeValues?: Record<string, string>;
} {
  if (!visibility) return { ConditionExpression: "" };
  const { ownerId, teamIds } = visibility;
  const names = teamIds.map((_, index) => `:t${index}`);
  const groups = Array.from({ length: Math.ceil(names.length / inLimit) }, (_, index) =>
    names.slice(index * inLimit, (index + 1) * inLimit),
  );
  const terms = ["ownerId = :owner", ...groups.map((group) => `teamId IN (${group.join(",")})`)];
  return {
    ConditionExpression: ` AND (${terms.join(" OR ")})`,
    ExpressionAttributeValues: {
      ":owner": ownerId,
      ...Object.fromEntries(teamIds.map((id, index) => [`:t${index}`, id])),
    },
  };
}
