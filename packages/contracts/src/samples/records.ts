import type { Account } from "../accounts/schemas.ts";
import type { ResponseClockData } from "../assignment/lead-response.ts";
import type { AuditEntry } from "../audit/schemas.ts";
import type { Contact } from "../contacts/schemas.ts";
import type { Export } from "../exports/schemas.ts";
import type { Import } from "../imports/schemas.ts";
import type { Lead } from "../leads/schemas.ts";
import type { Merge } from "../merges/schemas.ts";
import type { Opportunity } from "../opportunities/schemas.ts";
import type { Deactivation, Person, Team, User } from "../people/schemas.ts";
import type { Pipeline } from "../pipelines/schemas.ts";
import type { Product } from "../products/schemas.ts";
import type { DataSubjectRequest } from "../protection/schemas.ts";
import type { RecyclingData } from "../recycling/countdown.ts";
import type { ApiKey, ServiceAccount } from "../service-accounts/schemas.ts";
import type { Note } from "../timeline/schemas.ts";

const ulid = "01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
const stamp = { version: 1, createdAt: "2026-11-02T08:30:00.000Z", updatedAt: "2026-11-02T08:30:00.000Z" };

export const sampleTeam: Team = {
  id: `team_${ulid}`,
  name: "华东大区",
  managerId: `usr_${ulid}`,
  region: "East",
  ...stamp,
};

export const sampleUser: User = {
  id: `usr_${ulid}`,
  name: "林晓",
  email: "lin.xiao@example.com",
  role: "rep",
  teamId: sampleTeam.id,
  locale: "zh-CN",
  territories: ["East"],
  skills: ["5G"],
  zone: "Asia/Shanghai",
  workingHours: {
    monday: [
      { from: "09:00", until: "12:00" },
      { from: "13:30", until: "18:00" },
    ],
  },
  leave: [{ from: "2026-12-28", until: "2027-01-03" }],
  active: true,
  invitation: { state: "accepted", at: "2026-11-02T08:30:00.000Z" },
  ...stamp,
};

export const samplePerson: Person = { ...sampleUser, status: "active" };

export const sampleDeactivation: Deactivation = {
  id: `dea_${ulid}`,
  userId: sampleUser.id,
  handOverTo: {
    account: sampleUser.id,
    contact: sampleUser.id,
    opportunity: sampleUser.id,
    lead: sampleUser.id,
    team: null,
  },
  closedOpportunities: "stay",
  status: "running",
  ...stamp,
};

export const sampleAccount: Account = {
  id: `acc_${ulid}`,
  name: "Acme Corporation",
  industry: "technology",
  employees: 2822,
  contractEndsOn: "2027-06-30",
  ownerId: sampleUser.id,
  teamId: sampleTeam.id,
  tags: ["key account"],
  externalId: { source: "erp", id: "ACME-1" },
  ...stamp,
};

export const sampleContact: Contact = {
  id: `con_${ulid}`,
  name: "Wang Fang",
  accountId: sampleAccount.id,
  title: "Head of Purchasing",
  email: "wang.fang@example.com",
  ownerId: sampleUser.id,
  teamId: sampleTeam.id,
  tags: [],
  ...stamp,
};

export const sampleProduct: Product = {
  id: `prd_${ulid}`,
  name: "GTX Basic",
  code: "GTX-B",
  family: "GTX",
  listPriceMinor: 55_000,
  currency: "USD",
  active: true,
  ...stamp,
};

export const samplePipeline: Pipeline = {
  id: `pip_${ulid}`,
  name: { en: "Sales", "zh-CN": "销售" },
  definitionVersion: 1,
  stages: [
    { id: "stg_prospect01", name: { en: "Prospecting" }, type: "open", probability: 33, forecastCategory: "pipeline" },
    { id: "stg_engaging01", name: { en: "Engaging" }, type: "open", probability: 67, forecastCategory: "best_case" },
    { id: "stg_won0000001", name: { en: "Won" }, type: "won", probability: 100, forecastCategory: "closed" },
    { id: "stg_lost000001", name: { en: "Lost" }, type: "lost", probability: 0, forecastCategory: "omitted" },
  ],
  transitions: [
    { from: "stg_prospect01", to: "stg_engaging01", requiredFields: [], requiresReason: false },
    { from: "stg_engaging01", to: "stg_won0000001", requiredFields: ["amountMinor"], requiresReason: false },
    { from: "stg_engaging01", to: "stg_lost000001", requiredFields: [], requiresReason: false },
  ],
  isDefault: true,
  ...stamp,
};

export const sampleOpportunity: Opportunity = {
  id: `opp_${ulid}`,
  name: "Acme renewal",
  ownerId: sampleUser.id,
  teamId: sampleTeam.id,
  accountId: sampleAccount.id,
  productIds: [sampleProduct.id],
  pipelineId: samplePipeline.id,
  pipelineVersion: 1,
  stageId: "stg_prospect01",
  status: "open",
  amountMinor: 105_400,
  currency: "USD",
  baseAmountMinor: 105_400,
  expectedCloseDate: "2026-12-31",
  industry: "technology",
  tags: [],
  openedAt: stamp.createdAt,
  history: [{ stageId: "stg_prospect01", enteredAt: stamp.createdAt }],
  ...stamp,
};

export const sampleLead: Lead = {
  id: `lead_${ulid}`,
  name: "陈静",
  company: "杭州云帆科技有限公司",
  title: "IT Director",
  email: "chen.jing@example.com",
  region: "East",
  source: "website",
  campaign: "autumn-2026",
  utm: { source: "newsletter", medium: "email" },
  message: "Please send us an offer for 40 seats.",
  custom: { seats: 40 },
  consent: { text: "I agree to be contacted about my request.", at: stamp.createdAt },
  status: "new",
  statusChangedAt: stamp.createdAt,
  tags: [],
  ...stamp,
};

export const sampleNote: Note = {
  id: `note_${ulid}`,
  recordId: sampleOpportunity.id,
  text: "They ask for delivery before the new year.",
  authorId: sampleUser.id,
  channel: "call",
  outcome: "interested",
  happenedAt: stamp.createdAt,
  ...stamp,
};

export const sampleImport: Import = {
  id: `imp_${ulid}`,
  entity: "accounts",
  status: "completed",
  dryRun: false,
  counts: { rows: 85, created: 85, updated: 0, skipped: 0, failed: 0, duplicates: 0 },
  totalRows: 85,
  createdBy: sampleUser.id,
  startedAt: stamp.createdAt,
  finishedAt: "2026-11-02T08:30:04.000Z",
  ...stamp,
};

export const sampleExport: Export = {
  id: `exp_${ulid}`,
  entity: "opportunity",
  format: "csv",
  filter: { field: "status", eq: "open" },
  language: "zh-CN",
  status: "running",
  rows: 0,
  ownerId: sampleUser.id,
  ...stamp,
};

export const sampleDataSubjectRequest: DataSubjectRequest = {
  id: `dsr_${ulid}`,
  type: "erasure",
  subjectId: sampleContact.id,
  reference: "DSR-2026/17",
  status: "running",
  items: 0,
  createdBy: sampleUser.id,
  ...stamp,
};

export const sampleServiceAccount: ServiceAccount = {
  id: `svc_${ulid}`,
  name: "ERP connector",
  description: "Brings invoices home every night",
  role: "integration",
  teamId: sampleTeam.id,
  active: true,
  ...stamp,
};

export const sampleApiKey: ApiKey = {
  id: `sk_${ulid}`,
  serviceAccountId: sampleServiceAccount.id,
  name: "Nightly run",
  scopes: ["account:read", "opportunity:write"],
  expiresAt: "2027-11-02T08:30:00.000Z",
  ...stamp,
};

export const sampleAuditEntry: AuditEntry = {
  id: `${sampleOpportunity.id}.2`,
  at: "2026-11-05T02:10:00.000Z",
  actorId: sampleUser.id,
  source: "api",
  requestId: "JKJaXmPLvHcESHA=",
  command: "updateOpportunity",
  category: "data",
  action: "updated",
  kind: "opportunity",
  recordId: sampleOpportunity.id,
  version: 2,
  changes: [
    { field: "amountMinor", from: 105_400, to: 98_000 },
    { field: "source", to: "referral" },
  ],
};

export const sampleMerge: Merge = {
  id: `mrg_${ulid}`,
  entity: "account",
  winnerId: sampleAccount.id,
  loserId: `acc_${ulid.replace("D", "E")}`,
  status: "moving",
  mergedBy: sampleUser.id,
  undoableUntil: "2026-12-02T08:30:00.000Z",
  ...stamp,
};

export const sampleRecycling: RecyclingData = {
  id: sampleLead.id,
  state: "running",
  ownerId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E",
  ownedSince: "2026-11-04T02:10:00.000Z",
  touchedAt: "2026-11-05T02:10:00.000Z",
  recycleAt: "2026-11-19T02:10:00.000Z",
  poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
  because: { since: "touch", days: 14, from: "2026-11-05T02:10:00.000Z" },
  version: 2,
  createdAt: "2026-11-04T02:10:00.000Z",
  updatedAt: "2026-11-05T02:10:00.000Z",
};

export const sampleAccountRecycling: RecyclingData = {
  ...sampleRecycling,
  id: sampleAccount.id,
  because: { since: "contractEnd", days: 14, from: "2026-11-05T02:10:00.000Z" },
};

export const sampleResponseClock: ResponseClockData = {
  id: sampleLead.id,
  state: "running",
  ownerId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E",
  assignedAt: "2026-11-04T02:10:00.000Z",
  respondBy: "2026-11-04T06:10:00.000Z",
  reassignments: 0,
  holders: [{ userId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E", from: "2026-11-04T02:10:00.000Z" }],
  version: 1,
  createdAt: "2026-11-04T02:10:00.000Z",
  updatedAt: "2026-11-04T02:10:00.000Z",
};
