import type { Team, User } from "@shangji/contracts/people/schemas";
import type { CallContext } from "../kit/context.ts";
import type { DirectoryStore, Stored } from "../kit/record.ts";

export type Users = DirectoryStore<User>;
export type Teams = DirectoryStore<Team>;

/** Who signs in as whom: the subject of an identity provider's token belongs to one user. */
export interface Identities {
  userIdOf(subject: string): Promise<string | undefined>;
  /** Adds a user together with the identity that signs in as it. @throws DomainError `conflict`, `duplicate_value` */
  createUser(user: Stored<User>, subject: string): Promise<void>;
}

export interface PeopleDeps {
  users: Users;
  teams: Teams;
  context: CallContext;
}
