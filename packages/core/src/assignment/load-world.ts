import type { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { calendarOf, compileCalendar } from "../calendar/work-calendar.ts";
import { asksForAccountOwner, ownersOfAccounts } from "./account-owners.ts";
import type { CompiledAssignment } from "./compile-assignment.ts";
import { decidingRule } from "./decide.ts";
import type { AccountOwners, Assignments, Kept } from "./ports.ts";
import type { Person, Tally, World } from "./world.ts";

/** A world, and what is kept of it as it was read. */
export interface LoadedWorld {
  world: World;
  tallyOf(userId: string): Kept<Tally>;
  /** 0 for somebody who is not there. */
  versionOf(userId: string): number;
}

interface Organisation {
  users: readonly User[];
  calendar: OrganizationCalendar;
  zone: string;
  now: Date;
  /** People who must not get the lead. @default nobody */
  excluded?: ReadonlySet<string>;
  /** @default 0 */
  spread?: number;
}

const noTally: Kept<Tally> = { value: { open: 0, counts: {} }, revision: 0 };

/**
 * The world as a decision about this lead needs it. Of what is kept only the tallies of whom the deciding rule names are
 * read, and accounts only when a rule asks for their owner, so a decision costs the same whatever rules and people there are besides.
 */
export async function loadWorld(
  lead: Lead,
  rules: CompiledAssignment,
  { users, calendar, zone, now, excluded = new Set(), spread = 0 }: Organisation,
  { assignments, accountOwners }: { assignments: Pick<Assignments, "tallies">; accountOwners: AccountOwners },
): Promise<LoadedWorld> {
  const common = compileCalendar(calendar);
  const people = new Map<string, Person>(
    users.map((user) => [user.id, { ...user, calendar: calendarOf(user, common), tally: noTally.value }]),
  );
  const accountOwnerIds = asksForAccountOwner(rules, lead) ? await ownersOfAccounts(lead, { accountOwners }) : [];
  const rule = decidingRule(lead, rules, { people, accountOwnerIds });
  const tallies = rule && rule.userIds.length > 0 ? await assignments.tallies(rule.userIds) : undefined;
  for (const [userId, { value: tally }] of tallies ?? []) {
    const person = people.get(userId);
    if (person) people.set(userId, { ...person, tally });
  }
  return {
    world: { now: now.toISOString(), zone, people, excluded, accountOwnerIds, spread },
    tallyOf: (userId) => tallies?.get(userId) ?? noTally,
    versionOf: (userId) => users.find(({ id }) => id === userId)?.version ?? 0,
  };
}
