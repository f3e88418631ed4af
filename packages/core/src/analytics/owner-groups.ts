import { withoutValue } from "./cells.ts";

const separator = "@";

/**
 * Group of the owner dimension: an owner's records of one team. An owner has mostly one, so there are hardly more cells,
 * and what a caller may see follows from them alone.
 */
export function ownerGroup({ ownerId, teamId }: { ownerId?: string | undefined; teamId?: string | undefined }): string {
  return `${ownerId ?? withoutValue}${separator}${teamId ?? withoutValue}`;
}

/** Owner and team of a group; `-` where there is none. */
export function partsOf(group: string): { owner: string; team: string } {
  const [owner = withoutValue, team = withoutValue] = group.split(separator);
  return { owner, team };
}
