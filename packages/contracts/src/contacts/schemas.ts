import * as z from "zod";
import { likelyDuplicates } from "../duplicates/schemas.ts";
import { ListQuery } from "../kit/list-query.ts";
import { Email, ExternalId, idOf, Line, Phone, pageOf, recordFields, Tags } from "../kit/primitives.ts";

export const Contact = z.object({
  id: idOf("contact"),
  name: z.string(),
  accountId: idOf("account").optional(),
  title: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  ownerId: idOf("user").optional(),
  teamId: idOf("team").optional(),
  tags: z.array(z.string()),
  externalId: ExternalId.optional(),
  ...recordFields,
});
export type Contact = z.infer<typeof Contact>;

/** A contact that was added or changed, with what it looks like a duplicate of. */
export const WrittenContact = Contact.extend(likelyDuplicates);

export const NewContact = z.strictObject({
  name: Line(120),
  accountId: idOf("account").optional(),
  title: Line(120).optional(),
  email: Email.optional(),
  phone: Phone.optional(),
  ownerId: idOf("user").optional(),
  tags: Tags.default([]),
  externalId: ExternalId.optional(),
});
export type NewContact = z.infer<typeof NewContact>;

/** A `null` clears the field. */
export const ContactPatch = z.strictObject({
  name: Line(120).optional(),
  accountId: idOf("account").nullable().optional(),
  title: Line(120).nullable().optional(),
  email: Email.nullable().optional(),
  phone: Phone.nullable().optional(),
  ownerId: idOf("user").nullable().optional(),
  tags: Tags.optional(),
  externalId: ExternalId.nullable().optional(),
});
export type ContactPatch = z.infer<typeof ContactPatch>;

export const ContactPage = pageOf(Contact);

/** `owner`, `team` and `account` are short for terms of a filter; all that is given must hold. */
export const ContactQuery = z.strictObject({
  ...ListQuery,
  owner: idOf("user").optional(),
  team: idOf("team").optional(),
  account: idOf("account").optional(),
});
export type ContactQuery = z.infer<typeof ContactQuery>;
