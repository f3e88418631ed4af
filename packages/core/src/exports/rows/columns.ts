import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { ExternalId } from "@shangji/contracts/kit/primitives";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { formatAmount } from "../../kit/money.ts";
import type { Names } from "./names.ts";

/** What cells are made with. */
export interface CellContext {
  names: Names;
  baseCurrency: string;
}

/** A column of the file; its name is one that our import reads the cell by, or one that it passes over. */
export interface Column<T> {
  header: string;
  /** The cell; what is absent is an empty one. */
  cell(record: T, context: CellContext): string | number | undefined;
}

/** The columns of each field of a record; a new field without an entry does not compile. */
type ColumnsOf<T> = { readonly [F in keyof T]-?: readonly Column<T>[] };

/** Separates names and tags in one cell. */
const separator = ";";

function plain<F extends string>(field: F): readonly Column<{ [K in F]?: string | number | undefined }>[] {
  return [{ header: field, cell: (record) => record[field] }];
}

/** The name of what a field refers to, and its id beside it. */
function reference<F extends string>(
  field: F,
  header: string,
  nameOf: (names: Names, id: string) => string,
): readonly Column<{ [K in F]?: string | undefined }>[] {
  return [
    {
      header,
      cell(record, { names }) {
        const id = record[field];
        return id === undefined ? undefined : nameOf(names, id);
      },
    },
    { header: field, cell: (record) => record[field] },
  ];
}

/** Not called `id`: a column of that name would be taken for the id in another system. */
const recordId: readonly Column<{ id: string }>[] = [{ header: "recordId", cell: ({ id }) => id }];

const tags: readonly Column<{ tags: readonly string[] }>[] = [
  { header: "tags", cell: (record) => record.tags.join(separator) },
];

const externalId: readonly Column<{ externalId?: ExternalId | undefined }>[] = [
  { header: "externalId", cell: (record) => record.externalId?.id },
  { header: "externalSource", cell: (record) => record.externalId?.source },
];

const owned = {
  ownerId: reference("ownerId", "owner", (names, id) => names.user(id)),
  teamId: reference("teamId", "team", (names, id) => names.team(id)),
  tags,
  externalId,
};

const pool: readonly Column<{ pool?: { poolId: string; at: string } | undefined }>[] = [
  { header: "poolId", cell: ({ pool }) => pool?.poolId },
  { header: "pooledAt", cell: ({ pool }) => pool?.at },
];

const stamps = {
  version: plain("version"),
  createdAt: plain("createdAt"),
  updatedAt: plain("updatedAt"),
};

const accountColumns: ColumnsOf<Account> = {
  id: recordId,
  name: plain("name"),
  externalId: owned.externalId,
  industry: plain("industry"),
  employees: plain("employees"),
  annualRevenueMinor: [
    {
      header: "annualRevenue",
      cell: ({ annualRevenueMinor: minor }, { baseCurrency }) =>
        minor === undefined ? undefined : formatAmount(minor, baseCurrency),
    },
    {
      header: "annualRevenueCurrency",
      cell: ({ annualRevenueMinor: minor }, { baseCurrency }) => (minor === undefined ? undefined : baseCurrency),
    },
  ],
  foundedYear: plain("foundedYear"),
  region: plain("region"),
  website: plain("website"),
  phone: plain("phone"),
  contractEndsOn: plain("contractEndsOn"),
  parentId: reference("parentId", "parent", (names, id) => names.account(id)),
  pool,
  ...pick(owned, "ownerId", "teamId", "tags"),
  ...stamps,
};

const contactColumns: ColumnsOf<Contact> = {
  id: recordId,
  name: plain("name"),
  externalId: owned.externalId,
  accountId: reference("accountId", "account", (names, id) => names.account(id)),
  title: plain("title"),
  email: plain("email"),
  phone: plain("phone"),
  ...pick(owned, "ownerId", "teamId", "tags"),
  ...stamps,
};

/** The open stage that a deal is in, or was in last before it was closed. */
function lastOpen({ history, status }: Opportunity, { names }: CellContext) {
  return status === "open" ? history.at(-1) : history.findLast(({ stageId }) => names.isOpen(stageId));
}

const opportunityColumns: ColumnsOf<Opportunity> = {
  id: recordId,
  name: plain("name"),
  externalId: owned.externalId,
  accountId: reference("accountId", "account", (names, id) => names.account(id)),
  productIds: [
    {
      header: "products",
      cell: ({ productIds }, { names }) =>
        productIds.map((id) => withoutSeparator(names.product(id), id)).join(separator),
    },
    { header: "productIds", cell: ({ productIds }) => productIds.join(separator) },
  ],
  pipelineId: reference("pipelineId", "pipeline", (names, id) => names.pipeline(id)),
  pipelineVersion: plain("pipelineVersion"),
  stageId: [
    { header: "stage", cell: ({ pipelineId, stageId }, { names }) => names.stage(pipelineId, stageId) },
    { header: "stageId", cell: ({ stageId }) => stageId },
  ],
  status: plain("status"),
  amountMinor: [{ header: "amount", cell: ({ amountMinor, currency }) => formatAmount(amountMinor, currency) }],
  currency: plain("currency"),
  baseAmountMinor: [
    {
      header: "baseAmount",
      cell: ({ baseAmountMinor }, { baseCurrency }) => formatAmount(baseAmountMinor, baseCurrency),
    },
    { header: "baseCurrency", cell: (_, { baseCurrency }) => baseCurrency },
  ],
  expectedCloseDate: plain("expectedCloseDate"),
  source: plain("source"),
  industry: plain("industry"),
  openedAt: plain("openedAt"),
  closedAt: plain("closedAt"),
  firstClosedAt: plain("firstClosedAt"),
  lostReason: plain("lostReason"),
  history: [
    { header: "stageEnteredAt", cell: (record, context) => lastOpen(record, context)?.enteredAt },
    {
      header: "lostFromStage",
      cell(record, context) {
        const visit = record.status === "open" ? undefined : lastOpen(record, context);
        return visit && context.names.stage(record.pipelineId, visit.stageId);
      },
    },
  ],
  ...pick(owned, "ownerId", "teamId", "tags"),
  ...stamps,
};

/** A part of where a visitor came from, under the name that the import and the terms of filters have for it. */
function utm(part: keyof NonNullable<Lead["utm"]>): Column<Lead> {
  return { header: `utm${part.charAt(0).toUpperCase()}${part.slice(1)}`, cell: (record) => record.utm?.[part] };
}

const leadColumns: ColumnsOf<Lead> = {
  id: recordId,
  name: plain("name"),
  externalId: owned.externalId,
  company: plain("company"),
  title: plain("title"),
  email: plain("email"),
  phone: plain("phone"),
  website: plain("website"),
  region: plain("region"),
  industry: plain("industry"),
  source: plain("source"),
  campaign: plain("campaign"),
  utm: [utm("source"), utm("medium"), utm("campaign"), utm("term"), utm("content")],
  message: plain("message"),
  // Its names differ from lead to lead, and a file has one header.
  custom: [{ header: "custom", cell: ({ custom }) => custom && JSON.stringify(custom) }],
  consent: [
    { header: "consentText", cell: ({ consent }) => consent?.text },
    { header: "consentAt", cell: ({ consent }) => consent?.at },
    { header: "consentFormId", cell: ({ consent }) => consent?.formId },
  ],
  formId: plain("formId"),
  status: plain("status"),
  statusReason: plain("statusReason"),
  statusChangedAt: plain("statusChangedAt"),
  conversion: [
    { header: "convertedToAccountId", cell: ({ conversion }) => conversion?.accountId },
    { header: "convertedToContactId", cell: ({ conversion }) => conversion?.contactId },
    { header: "convertedToOpportunityId", cell: ({ conversion }) => conversion?.opportunityId },
  ],
  pool,
  ...pick(owned, "ownerId", "teamId", "tags"),
  ...stamps,
};

function withoutSeparator(name: string, id: string): string {
  return /[;；]/.test(name) ? id : name;
}

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>; // just these
}

// A column is only ever given records of its own kind.
type AnyColumns = Readonly<Record<string, readonly Column<never>[]>>;

const columnsOf: Readonly<Record<OwnedEntity, AnyColumns>> = {
  account: accountColumns,
  contact: contactColumns,
  opportunity: opportunityColumns,
  lead: leadColumns,
};

/** The columns of a file that shows these fields, in the order of a file that shows all; the id of the record comes first. */
export function columnsFor(entity: OwnedEntity, fields: readonly string[]): readonly Column<never>[] {
  const shown = new Set(["id", ...fields]);
  return Object.entries(columnsOf[entity]).flatMap(([field, columns]) => (shown.has(field) ? columns : []));
}
