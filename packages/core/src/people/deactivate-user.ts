import type { Deactivation, HoldingKind, NewDeactivation, Successors } from "@shangji/contracts/people/schemas";
import { witnessOf } from "../access/in-charge.ts";
import type { Viewer } from "../access/viewer.ts";
import { DomainError, found, inactiveReference, unknownReference } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { PeopleDeps, Personnel, Users } from "./ports.ts";

interface DeactivateDeps extends Pick<PeopleDeps, "users" | "context"> {
  personnel: Pick<Personnel, "deactivate">;
  viewer: Viewer;
}

/**
 * Locks a user out and orders that others get what the user owns and leads, in one transaction. For a user who is
 * locked out already the hand-over is ordered anew, and goes on with what is left.
 * @throws DomainError `not_found`, `unknown_reference`, `inactive_reference`, `invalid_request`, `locks_out`, `conflict`
 */
export async function deactivateUser(
  { id, ...order }: NewDeactivation & { id: string },
  { users, personnel, viewer, context }: DeactivateDeps,
): Promise<Stored<Deactivation>> {
  const before = await found(users.get(id));
  const handOverTo = successorsOf(order.handOverTo);
  await assertSuccessors(handOverTo, id, users);
  const { reason, closedOpportunities } = order;
  const stamp = { context, command: "deactivateUser", reason };
  const isNothingToDo = Object.values(handOverTo).every((successor) => successor === null);
  const status = isNothingToDo ? "completed" : "running";
  const fields = { userId: id, handOverTo, closedOpportunities, reason, status, failure: null } as const;
  const deactivation = newRecord<Deactivation>("deactivation", fields, stamp);
  const after = revise(before, { active: false, deactivationId: deactivation.id }, stamp);
  const witness = await witnessOf({ before, after }, { users, rules: viewer.rules });
  await personnel.deactivate({ before, after, witness, deactivation }, context.claim);
  return deactivation;
}

function successorsOf(handOverTo: NewDeactivation["handOverTo"]): Successors {
  if (handOverTo !== null && typeof handOverTo === "object") return handOverTo;
  return { account: handOverTo, contact: handOverTo, opportunity: handOverTo, lead: handOverTo, team: handOverTo };
}

async function assertSuccessors(successors: Successors, leavingId: string, users: Pick<Users, "get">): Promise<void> {
  const isOne = new Set(Object.values(successors)).size === 1;
  for (const [kind, successorId] of Object.entries(successors) as [HoldingKind, string | null][]) {
    // its own keys
    if (successorId === null) continue;
    const pointer = isOne ? "/body/handOverTo" : `/body/handOverTo/${kind}`;
    if (successorId === leavingId) throw oneself(pointer);
    const successor = await users.get(successorId);
    if (!successor) throw unknownReference(pointer, successorId);
    if (!successor.active) throw inactiveReference(pointer);
    if (isOne) return;
  }
}

function oneself(pointer: string): DomainError {
  return new DomainError("invalid_request", "Nobody can hand over to themselves.", {
    errors: [{ pointer, message: "is the user who leaves" }],
  });
}
