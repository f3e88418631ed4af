import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { auditTrailIn } from "@shangji/aws/dynamo/audit/audit-trail";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import { openTable } from "@shangji/aws/dynamo/kit/client";
import { cursorSecretIn } from "@shangji/aws/dynamo/kit/cursor-secret";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { budgetsIn } from "@shangji/aws/dynamo/limits/budgets";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { guardRecords } from "@shangji/core/access/guard-records";
import type { Viewer } from "@shangji/core/access/viewer";
import type { Actor } from "@shangji/core/kit/actor";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";

const table = openTable(required(env.tableName));

const stores = {
  account: accountsIn(table),
  contact: contactsIn(table),
  opportunity: opportunitiesIn(table),
  lead: leadsIn(table),
};
const trail = auditTrailIn(openTable(required(env.auditTableName)), subjectKeysIn(table));

/** The trail as the caller sees it: who may read a record may read its history, without the fields that are hidden. */
export function depsFor(viewer: Viewer) {
  return {
    trail,
    hiddenFields: (_: Actor, kind: string) => hiddenFields(viewer, kind),
    records: {
      accounts: guardRecords(stores.account, "account", viewer),
      contacts: guardRecords(stores.contact, "contact", viewer),
      opportunities: guardRecords(stores.opportunity, "opportunity", viewer),
      leads: guardRecords(stores.lead, "lead", viewer),
    },
  };
}

export const http = {
  cursorSecret: cursorSecretIn(table),
  viewers: viewersOfRecordsIn(table, systemClock),
  claims: takenClaimsIn(table),
  budgets: budgetsIn(table, systemClock),
  defaultLanguage: defaultLanguage(),
};
