import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { auditTrailIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { nothingHidden } from "@shangji/core/audit/hidden-fields";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

/** Who may read a record may read its history. */
export const stores = {
  accounts: accountsIn(table),
  contacts: contactsIn(table),
  opportunities: opportunitiesIn(table),
};

export const deps = {
  trail: auditTrailIn(openTable(required(env.auditTableName))),
  hiddenFields: nothingHidden,
};

export const http = { cursorSecret: cursorSecretIn(table), defaultLanguage: defaultLanguage() };
