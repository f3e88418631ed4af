import type { Among, AssignmentTarget, RuleTried } from "@shangji/contracts/assignment/schemas";
import type { Readable } from "../conditions/values-of.ts";
import { foldName } from "../kit/fold.ts";
import type { Person, World } from "./world.ts";

/** Of the world, what tells whom a target means. */
export type Asked = Pick<World, "people" | "accountOwnerIds">;

/** Why a rule whose condition is met does not match all the same: its target is there for some leads only. */
export function mismatchOf(
  { kind }: AssignmentTarget,
  lead: Readable,
  { accountOwnerIds = [] }: Asked,
): RuleTried["outcome"] | undefined {
  if (kind === "account_owner" && accountOwnerIds.length !== 1)
    // Which of several is meant is for people to say.
    return accountOwnerIds.length === 0 ? "no_account_owner" : "several_account_owners";
  return kind === "territory" && regionOf(lead) === "" ? "no_region" : undefined;
}

/** Ids of the people whom a target means for a lead, in order, whether they can take it or not. */
export function candidatesOf(target: AssignmentTarget, lead: Readable, asked: Asked): readonly string[] {
  switch (target.kind) {
    case "user":
      return [target.userId];
    case "account_owner":
      return asked.accountOwnerIds ?? [];
    case "weighted":
      return target.people.map(({ userId }) => userId).sort();
    case "round_robin":
    case "least_loaded":
      return idsAmong(target.among, asked);
    case "territory":
      return idsWhere(target.among, asked, (person) => hasAll(person.territories, [regionOf(lead)]));
    case "skill": {
      const wanted = target.skills.map(foldName);
      return idsWhere(target.among, asked, (person) => hasAll(person.skills, wanted));
    }
    case "pool":
      return [];
  }
}

/** Those who are named are there even when nobody knows them, so that this is said. */
function idsAmong({ teamIds = [], userIds = [] }: Among, { people }: Asked): string[] {
  const ids = new Set(userIds);
  if (teamIds.length > 0)
    for (const { id, teamId } of people.values()) if (teamId !== undefined && teamIds.includes(teamId)) ids.add(id);
  return [...ids].sort();
}

function idsWhere(among: Among | undefined, asked: Asked, fits: (person: Person) => boolean): string[] {
  const ids = among ? idsAmong(among, asked) : [...asked.people.keys()].sort();
  return ids.filter((id) => {
    const person = asked.people.get(id);
    return person !== undefined && fits(person);
  });
}

function hasAll(values: readonly string[] = [], wanted: readonly string[]): boolean {
  const folded = values.map(foldName);
  return wanted.every((each) => folded.includes(each));
}

function regionOf({ region }: Readable): string {
  return typeof region === "string" ? foldName(region) : "";
}
