import type { User } from "@shangji/contracts/people/schemas";
import type { Clock } from "@shangji/core/kit/context";
import type { Users } from "@shangji/core/people/ports";
import type { Table } from "../kit/client.ts";
import { directoryStore, type ForgettingDirectory } from "../kit/directory-store.ts";
import { externalIdValue } from "../kit/external-id.ts";
import type { RecordShape } from "../kit/record-store.ts";

/**
 * Users, kept together as a directory.
 * - one by id: GetItem, 1 RCU (strongly consistent)
 * - all: Query of one partition, cached 30 s
 * - by e-mail or external id: GetItem of the unique value
 */
export const userShape: RecordShape<User> = {
  kind: "user",
  key: "directory",
  personal: true,
  attributes: {
    name: "string",
    email: "string",
    role: "string",
    teamId: "string",
    locale: "string",
    externalId: "any",
    territories: "any",
    skills: "any",
    zone: "string",
    workingHours: "any",
    leave: "any",
    active: "boolean",
    invitation: "any",
    deactivationId: "string",
  },
  uniques: (user) => [
    ...(user.email ? [{ field: "email", value: user.email.toLowerCase() }] : []),
    ...externalIdValue(user.externalId),
  ],
};

export function usersIn(table: Table, clock: Clock): Users & ForgettingDirectory<User> {
  return directoryStore(table, userShape, clock);
}
