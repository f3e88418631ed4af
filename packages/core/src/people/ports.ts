import type { Team, User } from "@shangji/contracts/people/schemas";
import type { DirectoryStore } from "../kit/record.ts";

export type Users = DirectoryStore<User>;
export type Teams = DirectoryStore<Team>;
