import type { Person, User, UserStatus } from "@shangji/contracts/people/schemas";

/** A user with where they stand between invitation and deactivation. */
export function shownUser<T extends User>(user: T): T & Pick<Person, "status"> {
  return { ...user, status: statusOf(user) };
}

function statusOf({ active, invitation }: User): UserStatus {
  if (!active) return "disabled";
  if (!invitation) return "not_invited";
  return invitation.state === "accepted" ? "active" : "invited";
}
