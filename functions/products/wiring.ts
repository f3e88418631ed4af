import { viewersIn } from "@shangji/aws/dynamo/access/viewers";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { productsIn } from "@shangji/aws/dynamo/products/products";
import { guardWhole } from "@shangji/core/access/guard-whole";
import type { Viewer } from "@shangji/core/access/viewer";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const products = productsIn(table, systemClock);

/** The catalogue as the caller may write to it. */
export function depsFor(viewer: Viewer) {
  return { products: guardWhole(products, "product", viewer) };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
