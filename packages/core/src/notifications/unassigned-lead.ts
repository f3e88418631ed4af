import type { User } from "@shangji/contracts/people/schemas";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about a lead that nobody could take. */
export interface UnassignedEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: { id: string };
}

/** An organisation with more admins has somebody among these who hears of it. */
const mostAdmins = 20;

/** Tells the admins, who make rules and pools, of a lead that neither somebody nor a pool could take. */
export async function unassignedLead(
  { type, occurredAt: at, actor, data }: UnassignedEvent,
  { users }: { users: { all(): Promise<readonly User[]> } },
): Promise<Telling[]> {
  if (type !== "lead.unassigned.v1") return [];
  const told = { subject: { entity: "lead", id: data.id }, actorId: actor.id, at, ownerOnly: false } as const;
  return (await users.all())
    .filter(isAdmin)
    .slice(0, mostAdmins)
    .map(({ id }) => ({ ...told, kind: "lead_unassigned", recipientId: id }));
}

function isAdmin({ role, active }: User): boolean {
  return role === "admin" && active;
}
