import * as z from "zod";
import { NewAccount } from "../accounts/schemas.ts";
import { NewContact } from "../contacts/schemas.ts";
import { Duplicate } from "../duplicates/schemas.ts";
import { idOf, Tags } from "../kit/primitives.ts";
import { NewOpportunity } from "../opportunities/schemas.ts";
import { LeadTransitionFailure } from "./schemas.ts";

/** What a new record gets besides what the lead says, or in its place. Whose it is follows from the lead. */
const newAccount = NewAccount.omit({ ownerId: true, externalId: true, tags: true })
  .partial()
  .extend({ tags: Tags.optional() });
const newContact = NewContact.omit({ ownerId: true, accountId: true, externalId: true, tags: true })
  .partial()
  .extend({ tags: Tags.optional() });
const { name, productIds, amountMinor, tags, ...others } = NewOpportunity.omit({
  ownerId: true,
  accountId: true,
  externalId: true,
  openedAt: true,
}).shape;
/** Without defaults: what is named here is what its caller must be allowed to write. */
const newOpportunity = z.strictObject({
  name: name.optional(),
  productIds: productIds.unwrap().optional(),
  amountMinor: amountMinor.unwrap().optional(),
  tags: tags.unwrap().optional(),
  ...others,
});

export const ConversionRequest = z
  .strictObject({
    accountId: idOf("account").optional().meta({
      description: "The account that it becomes part of; default: that of `contactId`, else a new one",
    }),
    account: newAccount.optional().meta({ description: "Fields of a new account; default: those of the lead" }),
    contactId: idOf("contact").optional().meta({ description: "The contact that it is; default: a new one" }),
    contact: newContact.optional().meta({ description: "Fields of a new contact; default: those of the lead" }),
    opportunity: newOpportunity.optional().meta({
      description: "Fields of a new opportunity, whose name is the company's by default; without it none is added",
    }),
  })
  .refine(({ accountId, account }) => accountId === undefined || account === undefined, {
    path: ["account"],
    message: "must not be given beside accountId",
  })
  .refine(({ contactId, contact }) => contactId === undefined || contact === undefined, {
    path: ["contact"],
    message: "must not be given beside contactId",
  });
export type ConversionRequest = z.infer<typeof ConversionRequest>;

/** Whom a lead may be already, and what stands against its conversion. */
export const ConversionOffer = z.object({
  accounts: z
    .array(Duplicate)
    .meta({ description: "Accounts with its company's name or its number, the surest first" }),
  contacts: z.array(Duplicate).meta({ description: "Contacts with its address or its number, the surest first" }),
  blockedBy: z.array(LeadTransitionFailure),
});
export type ConversionOffer = z.infer<typeof ConversionOffer>;
