import type { Team } from "@shangji/contracts/people/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { Teams } from "@shangji/core/people/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore } from "../kit/directory-store.ts";
import type { RecordShape } from "../kit/record-store.ts";

/**
 * Teams, kept together as a directory.
 * - one by id: GetItem, 1 RCU
 * - all: Query of one partition, cached 30 s
 */
export const teamShape: RecordShape<Team> = {
  kind: "team",
  key: "directory",
  attributes: { name: "string", managerId: "string", parentId: "string", region: "string" },
};

export function teamsIn(table: Table, clock: Clock): Teams {
  return directoryStore(table, teamShape, clock);
}
