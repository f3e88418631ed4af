import type { Lead } from "@shangji/contracts/leads/schemas";
import { leadFields } from "../leads/fields.ts";
import { leadsInPools } from "../pools/pooled-lead.ts";
import type { RecycledKind } from "./recycled-kind.ts";

/** Leads, until they are converted or disqualified. What comes back after its end begins anew. */
export const recycledLeads: RecycledKind<Lead> = {
  pooling: leadsInPools,
  fields: leadFields,
  sinces: ["touch", "assignment", "creation"],
  isOpen: ({ status }) => status === "assigned" || status === "working",
  timesOf: ({ status, statusChangedAt }) => ({
    begunAt: status === "assigned" ? statusChangedAt : undefined,
    workedAt: status === "working" ? statusChangedAt : undefined,
  }),
};
