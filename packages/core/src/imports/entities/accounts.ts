import { type Account, NewAccount } from "@shangji/contracts/accounts/schemas";
import { foldName } from "../../kit/fold.ts";
import { RowProblem } from "../problem.ts";
import { referTo } from "../references/references.ts";
import { externalIdOf, given, type Importer, type RowContext, readerOf } from "./importer.ts";
import { ownerFields } from "./owner.ts";
import { withScheme } from "./website.ts";

const AccountFields = NewAccount.omit({ tags: true }).extend({ tags: NewAccount.shape.tags.unwrap().optional() });
const columns = { annualRevenueMinor: "annualRevenue" };

/** Accounts: revenue is in the base currency, whole or in millions; a parent may stand anywhere in the file. */
export const accounts: Importer<Account> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const { baseCurrency } = context.settings;
    const parent = reader.reference("parent");
    const owner = reader.reference("owner");
    const fields = reader.finish(
      AccountFields,
      given({
        name: reader.text("name"),
        industry: reader.text("industry"),
        employees: reader.integer("employees"),
        annualRevenueMinor:
          reader.amount("annualRevenue", baseCurrency) ?? reader.millions("annualRevenueMillions", baseCurrency),
        foundedYear: reader.integer("foundedYear"),
        region: reader.text("region"),
        website: withScheme(reader.text("website")),
        phone: reader.text("phone")?.normalize("NFKC"),
        contractEndsOn: reader.date("contractEndsOn"),
        tags: reader.list("tags", /[;；,，、|]/),
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
      columns,
    );
    return {
      match: fields.externalId ? { externalId: fields.externalId.id } : { name: foldName(fields.name) },
      name: fields.name,
      accounts: parent === undefined ? [] : [parent],
      async create(known) {
        return { tags: [], ...fields, ...parentField(parent, known), ...ownerFields(owner, known) };
      },
      async change(before, known) {
        if (before.pool) throw new RowProblem("the account waits in a pool, and stays as it is");
        return { ...fields, ...parentField(parent, known, before.id), ...ownerFields(owner, known, { before }) };
      },
    };
  },
};

function parentField(text: string | undefined, { known }: RowContext, ownId?: string): Record<string, unknown> {
  if (text === undefined) return {};
  const parent = referTo(known.accounts.find(text), "parent", text);
  if (parent.id === ownId) throw new RowProblem("parent: an account cannot be its own parent");
  return { parentId: parent.id };
}
