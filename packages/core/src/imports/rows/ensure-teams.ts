import { NewTeam, NewUser, type Team, type User } from "@shangji/contracts/people/schemas";
import { foldName } from "../../kit/fold.ts";
import type { RowContext, TeamWish } from "../entities/importer.ts";
import { teamOf } from "../entities/users.ts";
import { importedBy, madeId } from "../job.ts";
import type { ImportRecords, RowWrite, RowWriter } from "../ports.ts";
import { nameKey } from "./keys.ts";

interface Making {
  context: RowContext;
  chunk: number;
  records: ImportRecords;
  writer: RowWriter;
}

/**
 * Makes the teams and managers that users' rows name and that are not there, as far as the import may. Chunks that run at the
 * same time make the same ones: their ids come from the names. What is known grows by them.
 */
export async function ensureTeams(wishes: readonly TeamWish[], making: Making): Promise<void> {
  const { known, job, judge } = making.context;
  const managers = [...new Set(wishes.flatMap(({ manager }) => (manager === undefined ? [] : [manager])))];
  const { createMissing } = job.options;
  await learnClaimed(managers, making);
  // Whoever may not make them can name those that are there.
  if (createMissing.includes("managers") && judge.mayCreate("user", {})) {
    const missing = wishes.filter(({ manager }) => manager !== undefined && known.users.find(manager).length === 0);
    await make(
      distinct(missing, ({ manager }) => manager ?? ""),
      (wish) => managerOf(wish, making.context),
      making,
    );
    // Somebody else's row may have been first with the name.
    await learnClaimed(managers, making);
  }
  if (createMissing.includes("teams") && judge.mayCreate("team", {})) {
    const missing = wishes.filter((wish) => !teamOf(wish, known) && known.teams.find(teamName(wish)).length === 0);
    await make(distinct(missing, teamName), (wish) => newTeam(wish, making.context), making);
  }
}

const teamName = ({ team, manager }: TeamWish) => team ?? manager ?? "";

function distinct(wishes: readonly TeamWish[], name: (wish: TeamWish) => string): TeamWish[] {
  return [...new Map(wishes.toReversed().map((wish) => [foldName(name(wish)), wish])).values()];
}

/** Adds users that this import has made under these names a moment ago. */
async function learnClaimed(names: readonly string[], { context, records }: Making): Promise<void> {
  const unknown = names.filter((name) => context.known.users.find(name).length === 0);
  const claimed = await records.claimed(
    context.job.id,
    unknown.map((name) => nameKey("user", foldName(name))),
  );
  const users = await records.getMany("user", [...claimed.values()]);
  for (const user of users.values()) context.known.users.add(user as unknown as User); // asked for as users
}

async function make(
  wishes: readonly TeamWish[],
  write: (wish: TeamWish) => RowWrite | undefined,
  { context, chunk, writer }: Making,
): Promise<void> {
  const writes = wishes.map(write).filter((one) => one?.type === "create");
  const { id: importId, dryRun } = context.job;
  const written = await writer.write({ importId, chunk, dryRun }, writes);
  for (const [index, { kind, record }] of writes.entries()) {
    if (written[index] !== "made") continue;
    // Built below, with every field of its kind.
    if (kind === "team") context.known.teams.add(record as unknown as Team);
    else context.known.users.add(record as unknown as User); // its kind says so
  }
}

function managerOf(wish: TeamWish, { job, at, known }: RowContext): RowWrite | undefined {
  const name = NewUser.shape.name.safeParse(wish.manager);
  if (!name.success) return undefined;
  const folded = foldName(name.data);
  const cause = `manager/${folded}`;
  const record = {
    id: madeId("user", job, cause),
    name: name.data,
    role: "manager",
    teamId: teamOf(wish, known)?.id ?? madeId("team", job, `team/${foldName(teamName(wish))}`),
    active: true,
    ...stamp(job, cause, at),
  };
  return { type: "create", kind: "user", record, claims: [{ key: nameKey("user", folded), exclusive: true }] };
}

function newTeam(wish: TeamWish, { job, at, known }: RowContext): RowWrite | undefined {
  const name = NewTeam.shape.name.safeParse(teamName(wish));
  const region = NewTeam.shape.region.safeParse(wish.region);
  if (!name.success) return undefined;
  const leaders = wish.manager === undefined ? [] : known.users.find(wish.manager);
  const cause = `team/${foldName(name.data)}`;
  const record = {
    id: madeId("team", job, cause),
    name: name.data,
    ...(leaders.length === 1 ? { managerId: leaders[0]?.id } : {}),
    ...(region.data === undefined ? {} : { region: region.data }),
    ...stamp(job, cause, at),
  };
  return { type: "create", kind: "team", record, claims: [] };
}

function stamp(job: RowContext["job"], cause: string, at: string) {
  return { version: 1, createdAt: at, updatedAt: at, change: importedBy(job, cause, at) };
}
