import * as z from "zod";
import { BoundedCondition } from "../kit/condition.ts";
import { idOf, LocalizedText, recordFields } from "../kit/primitives.ts";
import { areNamedOnce, RuleId } from "../scoring/rule-id.ts";

/** A quarter of a year of forty-hour weeks; longer is no answer to a lead. */
const mostMinutes = 30_000;
const Minutes = z.int().min(1).max(mostMinutes);

/** How soon a lead must be answered, and what follows when it is not. All minutes are business time of the lead's owner. */
export const ResponsePolicy = z
  .strictObject({
    id: RuleId,
    name: LocalizedText.optional(),
    when: BoundedCondition.optional().meta({ description: "About the lead; default: every lead" }),
    respondWithinMinutes: Minutes,
    remindBeforeMinutes: z
      .array(Minutes)
      .max(5)
      .refine((all) => new Set(all).size === all.length, "must not name one twice")
      .default([])
      .meta({ description: "The owner is reminded so long before the deadline" }),
    reassignments: z
      .int()
      .min(0)
      .max(10)
      .default(0)
      .meta({ description: "How often a lead that was not answered in time goes to somebody else, for as long again" }),
    poolAfterMinutes: z.int().min(0).max(mostMinutes).optional().meta({
      description: "How long after the manager was told the lead goes to a pool; default: it stays",
    }),
    poolId: idOf("pool").optional().meta({ description: "Which pool that is; default: the default pool" }),
  })
  .refine(
    ({ respondWithinMinutes, remindBeforeMinutes }) => remindBeforeMinutes.every((each) => each < respondWithinMinutes),
    { path: ["remindBeforeMinutes"], error: "must be less than respondWithinMinutes" },
  );
export type ResponsePolicy = z.infer<typeof ResponsePolicy>;

/** Policies in order; the first that matches a lead holds. A lead that none matches has no deadline. */
export const ResponsePolicies = z.strictObject({
  policies: z.array(ResponsePolicy).max(50).refine(areNamedOnce, "names a rule twice"),
});
export type ResponsePolicies = z.infer<typeof ResponsePolicies>;

/** The organisation's policies as they are stored; version 0 as long as nobody has made any. */
export const ResponsePolicySet = z
  .object({ ...ResponsePolicies.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type ResponsePolicySet = z.infer<typeof ResponsePolicySet>;
