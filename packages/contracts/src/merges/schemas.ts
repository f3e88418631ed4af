import * as z from "zod";
import { idOf, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

/** How long a merge can be undone. */
export const undoableDays = 30;

/**
 * `moving`: the two are one, and what belongs to the loser is on its way; `merged`: all of it has arrived; `undoing`: the two
 * are as before, and what was moved is on its way back; `undone`: all of it is back.
 */
export const MergeStatus = z.enum(["moving", "merged", "undoing", "undone"]);

const MergedId = z.union([idOf("account"), idOf("contact")]);

export const Merge = z.object({
  id: idOf("merge"),
  entity: z.enum(["account", "contact"]),
  winnerId: MergedId.meta({ description: "The record that stays" }),
  loserId: MergedId.meta({ description: "The record whose id leads to the winner from now on" }),
  status: MergeStatus,
  mergedBy: z.string(),
  undoableUntil: z.string(),
  ...recordFields,
});
export type Merge = z.infer<typeof Merge>;

export const MergePage = pageOf(Merge);
export const MergeQuery = z.strictObject(PageQuery);

/** Whose value a field has after the merge. */
const Side = z.enum(["winner", "loser"]);
export type Side = z.infer<typeof Side>;

/** Fields whose values can be chosen. What is not chosen is the winner's, or the loser's where the winner has none; tags are joined. */
export const mergedFields = {
  account: [
    "name",
    "industry",
    "employees",
    "annualRevenueMinor",
    "foundedYear",
    "region",
    "website",
    "phone",
    "contractEndsOn",
    "parentId",
    "ownerId",
    "tags",
    "externalId",
  ],
  contact: ["name", "accountId", "title", "email", "phone", "ownerId", "tags", "externalId"],
} as const;

function requestFor<E extends keyof typeof mergedFields>(entity: E) {
  return z.strictObject({
    loserId: idOf(entity),
    fields: z.partialRecord(z.enum(mergedFields[entity]), Side).default({}).meta({
      description: "Whose value is kept, by field; default: the winner's, or the loser's where the winner has none",
    }),
  });
}
export const AccountMerge = requestFor("account");
export const ContactMerge = requestFor("contact");

export const Reversal = z.strictObject({
  edits: z
    .enum(["keep", "discard"])
    .optional()
    .meta({ description: "What becomes of fields of the winner that were changed since; needed when there are any" }),
});
export type Reversal = z.infer<typeof Reversal>;
