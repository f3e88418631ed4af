import { type Contact, NewContact } from "@shangji/contracts/contacts/schemas";
import { referTo } from "../references/references.ts";
import { externalIdOf, given, type Importer, type RowContext, readerOf } from "./importer.ts";
import { ownerFields } from "./owner.ts";

const ContactFields = NewContact.omit({ tags: true }).extend({ tags: NewContact.shape.tags.unwrap().optional() });

/** Contacts: recognised by external id only, since two people may well share a name and even an address. */
export const contacts: Importer<Contact> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const account = reader.reference("account");
    const owner = reader.reference("owner");
    const fields = reader.finish(
      ContactFields,
      given({
        name: reader.text("name"),
        title: reader.text("title"),
        email: reader.text("email"),
        phone: reader.text("phone")?.normalize("NFKC"),
        tags: reader.list("tags", /[;；,，、|]/),
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
    );
    return {
      match: { externalId: fields.externalId?.id },
      accounts: account === undefined ? [] : [account],
      async create(known) {
        return { tags: [], ...fields, ...accountField(account, known), ...ownerFields(owner, known) };
      },
      async change(before, known) {
        return { ...fields, ...accountField(account, known), ...ownerFields(owner, known, { before }) };
      },
    };
  },
};

function accountField(text: string | undefined, { known }: RowContext): Record<string, unknown> {
  return text === undefined ? {} : { accountId: referTo(known.accounts.find(text), "account", text).id };
}
