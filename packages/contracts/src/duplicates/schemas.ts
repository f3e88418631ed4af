import * as z from "zod";
import { Email, idOf, Line, Phone, recordFields } from "../kit/primitives.ts";

/** What is done with a new record that looks like an existing one. */
export const DuplicateAction = z.enum(["refuse", "warn", "allow"]).meta({
  description: "refuse: 409 `duplicate`; warn: done, with the likely duplicates in the answer; allow: not looked for",
});
export type DuplicateAction = z.infer<typeof DuplicateAction>;

/** What is compared, by kind of record. Names of companies without their legal form, phone numbers as E.164, case never. */
export const DuplicateRules = z.strictObject({
  account: z.strictObject({ name: DuplicateAction, phone: DuplicateAction }),
  contact: z.strictObject({ email: DuplicateAction, phone: DuplicateAction }),
  lead: z.strictObject({ email: DuplicateAction, phone: DuplicateAction }),
});
export type DuplicateRules = z.infer<typeof DuplicateRules>;

/** The organisation's policy; version 0 is the product's own, as long as nobody has changed it. */
export const DuplicatePolicy = z
  .object({ ...DuplicateRules.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type DuplicatePolicy = z.infer<typeof DuplicatePolicy>;

export const MatchedBy = z.enum(["name", "email", "phone"]);
export type MatchedBy = z.infer<typeof MatchedBy>;

/** A record that may stand for the same company or person. */
export const Duplicate = z.object({
  id: z.union([idOf("account"), idOf("contact"), idOf("lead")]),
  name: z.string(),
  matchedBy: z.array(MatchedBy),
});
export type Duplicate = z.infer<typeof Duplicate>;

export const Duplicates = z.object({ items: z.array(Duplicate) }).meta({
  description: "Those that the caller may read, at most twenty; the surest first",
});

/** Part of the answer that adds or changes a record. */
export const likelyDuplicates = {
  duplicates: z
    .array(Duplicate)
    .optional()
    .meta({ description: "Likely duplicates that the caller may read; absent when there are none" }),
};

export const AccountLike = z
  .strictObject({ name: Line(200).optional(), phone: Phone.optional() })
  .refine(({ name, phone }) => name !== undefined || phone !== undefined, "give name or phone");
export type AccountLike = z.infer<typeof AccountLike>;

export const ContactLike = z
  .strictObject({ email: Email.optional(), phone: Phone.optional() })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, "give email or phone");
export type ContactLike = z.infer<typeof ContactLike>;
