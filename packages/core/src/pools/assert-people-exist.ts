import type { PoolPatch } from "@shangji/contracts/pools/schemas";
import { DomainError, type FieldError } from "../kit/domain-error.ts";
import type { PoolDeps } from "./ports.ts";

const fields = ["memberIds", "memberTeamIds", "adminIds"] as const;

/** Who is deactivated may be named: who cannot sign in claims nothing. @throws DomainError `unknown_reference` naming each by its place */
export async function assertPeopleExist(input: PoolPatch, { users, teams }: Pick<PoolDeps, "users" | "teams">) {
  const [people, groups] = await Promise.all([users.all(), teams.all()]);
  const known = new Set([...people, ...groups].map(({ id }) => id));
  const errors: FieldError[] = fields.flatMap((field) =>
    (input[field] ?? []).flatMap((id, index) =>
      known.has(id) ? [] : [{ pointer: `/body/${field}/${index}`, message: "refers to a record that does not exist" }],
    ),
  );
  if (errors.length > 0) throw new DomainError("unknown_reference", "The pool names what does not exist.", { errors });
}
