import type { Role } from "@shangji/contracts/kit/primitives";
import { NewUser, type Team, type User } from "@shangji/contracts/people/schemas";
import { foldName } from "../../kit/fold.ts";
import { type Known, referTo } from "../references/references.ts";
import { externalIdOf, given, type Importer, type RowContext, readerOf, type TeamWish } from "./importer.ts";

const roleNames: Readonly<Record<string, Role>> = {
  管理员: "admin",
  经理: "manager",
  主管: "manager",
  销售: "rep",
  销售代表: "rep",
  分析师: "analyst",
  "sales rep": "rep",
};

const UserFields = NewUser.omit({ role: true }).extend({ role: NewUser.shape.role.unwrap().optional() });

/** Users: each goes to the team in its row, or to the team that its manager leads. */
export const users: Importer<User> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const role = reader.text("role");
    const manager = reader.reference("manager");
    const team = reader.reference("team");
    const fields = reader.finish(
      UserFields,
      given({
        name: reader.text("name"),
        email: reader.text("email"),
        role: role && (roleNames[foldName(role)] ?? foldName(role)),
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
    );
    const wish = (team ?? manager) === undefined ? undefined : { team, manager, region: reader.text("region") };
    return {
      match: {
        externalId: fields.externalId?.id,
        email: fields.email?.toLowerCase(),
        name: foldName(fields.name),
      },
      accounts: [],
      team: wish,
      async create(known) {
        return { active: true, role: "rep", ...fields, ...teamField(wish, known) };
      },
      async change(before, known) {
        const patch = { ...fields, ...teamField(wish, known) };
        // A manager who stands in the file as somebody's agent too stays in the team that they lead.
        const leads = before.teamId !== undefined && known.known.teams.get(before.teamId)?.managerId === before.id;
        return leads ? { ...patch, teamId: undefined } : patch;
      },
    };
  },
};

function teamField(wish: TeamWish | undefined, { known }: RowContext): Record<string, unknown> {
  if (!wish) return {};
  const { team, manager } = wish;
  const leader = manager === undefined ? undefined : referTo(known.users.find(manager), "manager", manager);
  const found = teamOf(wish, known);
  if (found) return { teamId: found.id };
  return { teamId: referTo(known.teams.find(team ?? leader?.name ?? ""), "team", team ?? manager ?? "").id };
}

/** The one team that a row means: the one it names, else the one that its manager leads or that is called like them. */
export function teamOf({ team, manager }: TeamWish, known: Known): Team | undefined {
  const leaders = new Set(
    team === undefined && manager !== undefined ? known.users.find(manager).map(({ id }) => id) : [],
  );
  const led = known.teams.all().filter(({ managerId }) => managerId !== undefined && leaders.has(managerId));
  const found = led.length > 0 ? led : known.teams.find(team ?? manager ?? "");
  return found.length === 1 ? found[0] : undefined;
}
