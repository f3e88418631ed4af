import type { Among, AssignmentRule, AssignmentTarget } from "@shangji/contracts/assignment/schemas";
import { DomainError, type FieldError } from "../kit/domain-error.ts";
import { foldName } from "../kit/fold.ts";
import type { Teams, Users } from "../people/ports.ts";
import type { Pools } from "../pools/ports.ts";

interface Directories {
  users: Pick<Users, "all">;
  teams: Pick<Teams, "all">;
  pools: Pick<Pools, "all">;
}

/** More faults than this help nobody. */
const mostFaults = 50;

/**
 * Checks every user, team, pool and skill that rules name: a skill is there when somebody has it. Who is deactivated may be named,
 * as rules outlive people, and is passed over. `pointer` is the place of the rules' object in the request.
 * @throws DomainError `unknown_reference` naming each by its place
 */
export async function assertKnownReferences(
  rules: readonly AssignmentRule[],
  { users, teams, pools }: Directories,
  pointer = "/body",
): Promise<void> {
  const [people, groups, kept] = await Promise.all([users.all(), teams.all(), pools.all()]);
  const known = new Set<string>([
    ...people.map(({ id }) => id),
    ...groups.map(({ id }) => id),
    ...kept.filter(({ entity }) => entity === "lead").map(({ id }) => id),
    ...people.flatMap(({ skills = [] }) => skills.map(skillName)),
  ]);
  const faults: FieldError[] = rules
    .flatMap(({ target, poolId }, index) => [
      ...namedBy(target, `${pointer}/rules/${index}/target`),
      ...(poolId === undefined ? [] : [{ pointer: `${pointer}/rules/${index}/poolId`, name: poolId }]),
    ])
    .filter(({ name }) => !known.has(name))
    .map(({ pointer }) => ({ pointer, message: "refers to a record that does not exist" }));
  if (faults.length > 0) {
    throw new DomainError("unknown_reference", "The rules name what does not exist.", {
      errors: faults.slice(0, mostFaults),
    });
  }
}

interface Named {
  pointer: string;
  name: string;
}

function namedBy(target: AssignmentTarget, pointer: string): Named[] {
  switch (target.kind) {
    case "user":
      return [{ pointer: `${pointer}/userId`, name: target.userId }];
    case "weighted":
      return target.people.map(({ userId }, index) => ({ pointer: `${pointer}/people/${index}/userId`, name: userId }));
    case "skill": {
      const skills = target.skills.map((skill, index) => ({
        pointer: `${pointer}/skills/${index}`,
        name: skillName(skill),
      }));
      return [...skills, ...namedAmong(target.among, `${pointer}/among`)];
    }
    case "round_robin":
    case "least_loaded":
    case "territory":
      return namedAmong(target.among, `${pointer}/among`);
    case "account_owner":
    case "pool":
      return [];
  }
}

function namedAmong({ teamIds = [], userIds = [] }: Among = {}, pointer: string): Named[] {
  return [
    ...teamIds.map((name, index) => ({ pointer: `${pointer}/teamIds/${index}`, name })),
    ...userIds.map((name, index) => ({ pointer: `${pointer}/userIds/${index}`, name })),
  ];
}

/** No id looks like it. */
function skillName(skill: string): string {
  return `skill ${foldName(skill)}`;
}
