import type { AccessRules } from "@shangji/contracts/access/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { DomainError } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import type { Users } from "../people/ports.ts";

/** Who may read and change the policy can give back the rest; users must stay manageable all the same. */
export function isInCharge({ active, role }: Pick<User, "active" | "role">, rules: AccessRules): boolean {
  const { policy, user } = rules.roles[role];
  return active && policy.read === "all" && policy.update === "all" && user.update === "all";
}

/**
 * Someone else who is in charge as things are now, if a change takes that from a user; the change must not be written
 * when they have changed meanwhile, or two who are in charge could lock each other out.
 * @throws DomainError `locks_out` when there is nobody else
 */
export async function witnessOf(
  { before, after }: { before: User; after: User },
  { users, rules }: { users: Pick<Users, "all" | "get">; rules: AccessRules },
): Promise<Stored<User> | undefined> {
  if (!isInCharge(before, rules) || isInCharge(after, rules)) return undefined;
  const others = (await users.all()).filter((other) => other.id !== before.id && isInCharge(other, rules));
  for (const { id } of others) {
    const other = await users.get(id);
    if (other && isInCharge(other, rules)) return other;
  }
  throw new DomainError("locks_out", "Nobody else may change the policy and the users.");
}
