import { NewProduct, type Product } from "@shangji/contracts/products/schemas";
import { foldName } from "../../kit/fold.ts";
import { currencyOf, externalIdOf, given, type Importer, readerOf } from "./importer.ts";

/** Products of the catalogue; a list price without a currency is in the import's. */
export const products: Importer<Product> = {
  read(values, context) {
    const reader = readerOf(values, context);
    const named = reader.currency("currency");
    const currency = named ?? currencyOf(context);
    const listPriceMinor = reader.amount("listPrice", currency);
    const fields = reader.finish(
      NewProduct,
      given({
        name: reader.text("name"),
        code: reader.text("code"),
        family: reader.text("family"),
        listPriceMinor,
        currency: listPriceMinor === undefined ? named : currency,
        externalId: externalIdOf(reader.text("externalId"), context.job),
      }),
      { listPriceMinor: "listPrice" },
    );
    return {
      match: fields.externalId ? { externalId: fields.externalId.id } : { name: foldName(fields.name) },
      accounts: [],
      async create() {
        return { active: true, ...fields };
      },
      async change() {
        return fields;
      },
    };
  },
};
