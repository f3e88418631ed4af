import type { Lead, LeadStatus, LeadTransitionFailure } from "@shangji/contracts/leads/schemas";

/** A step that people may take a lead by. Converting and pooling are no steps: they are operations of their own. */
export interface LeadMove {
  from: LeadStatus;
  to: LeadStatus;
  requiresOwner: boolean;
  requiresReason: boolean;
}

const plain = { requiresOwner: false, requiresReason: false };
const needsOwner = { requiresOwner: true, requiresReason: false };
const needsReason = { requiresOwner: false, requiresReason: true };

export const leadMoves: readonly LeadMove[] = [
  { from: "new", to: "assigned", ...needsOwner },
  { from: "assigned", to: "working", ...needsOwner },
  { from: "new", to: "disqualified", ...needsReason },
  { from: "assigned", to: "disqualified", ...needsReason },
  { from: "working", to: "disqualified", ...needsReason },
  { from: "disqualified", to: "new", ...plain },
  { from: "disqualified", to: "assigned", ...needsOwner },
];

interface Asked {
  to: LeadStatus;
  ownerId?: string | undefined;
  reason?: string | undefined;
}

/** Every rule that stands against a move; empty when it is legal. */
export function failedLeadRules(
  lead: Pick<Lead, "status" | "ownerId">,
  { to: target, ownerId, reason }: Asked,
): LeadTransitionFailure[] {
  if (lead.status === target) return [{ rule: "same_status", message: "The lead has this status already." }];
  const move = leadMoves.find(({ from, to }) => from === lead.status && to === target);
  if (!move) return [{ rule: "not_a_transition", message: "A lead does not move between these two." }];
  return [
    ...(target === "new" && ownerId !== undefined
      ? [{ rule: "owner_not_allowed" as const, field: "ownerId", message: "A new lead is nobody's." }]
      : []),
    ...(move.requiresOwner && (ownerId ?? lead.ownerId) === undefined
      ? [{ rule: "owner_required" as const, field: "ownerId", message: "This step needs somebody who has the lead." }]
      : []),
    ...(move.requiresReason && reason === undefined
      ? [{ rule: "reason_required" as const, field: "reason", message: "This step needs a reason." }]
      : []),
  ];
}

/** Statuses in which somebody is at work on a lead. */
const convertible: readonly LeadStatus[] = ["assigned", "working"];

/** Every rule that stands against converting a lead: somebody must be at work on it. */
export function failedConversionRules({ status, ownerId }: Pick<Lead, "status" | "ownerId">): LeadTransitionFailure[] {
  if (!convertible.includes(status)) {
    return [{ rule: "not_a_transition", message: "A lead is converted by somebody who is at work on it." }];
  }
  return ownerId === undefined
    ? [{ rule: "owner_required", field: "ownerId", message: "This step needs somebody who has the lead." }]
    : [];
}
