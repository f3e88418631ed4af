import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { ConversionRequest } from "@shangji/contracts/leads/conversion";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { assertMayWrite, hiddenFields } from "../access/field-rules.ts";
import { assertCovers } from "../access/guard-records.ts";
import { isVisible, visibilityOf } from "../access/viewer.ts";
import { assertNotPooled as assertAccountNotPooled } from "../accounts/assert-not-pooled.ts";
import { newAccount } from "../accounts/create-account.ts";
import { newContact } from "../contacts/create-contact.ts";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ValueTaken } from "../kit/value-taken.ts";
import { newOpportunity } from "../opportunities/create-opportunity.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import { leadMovedTo } from "./move-lead.ts";
import type { ConversionDeps, ConvertedRecord } from "./ports.ts";
import { failedConversionRules } from "./transition-rules.ts";

const command = "convertLead";

/** Leads whose timelines are part of one record's: as many as a page of it may read. */
const mostLeads = 20;

/**
 * Makes an account, a contact and, if one is asked for, an opportunity of a lead, in one transaction with the lead itself. What
 * is there already is named by its id: of it nothing is overwritten, and it needs no more than to be seen, and not to wait in a
 * pool. New records belong to whoever has the lead.
 * @throws DomainError `not_found`, `stale_version`, `already_converted`, `pooled`, `transition_refused`, `unknown_reference`,
 * `inactive_reference`, `invalid_request`, `forbidden`, `field_not_allowed`, `duplicate`, `duplicate_value`, `conflict`
 */
export async function convertLead(
  input: ChangeTarget & { request: ConversionRequest },
  deps: ConversionDeps,
): Promise<Stored<Lead>> {
  const { request } = input;
  const before = await readForChange(deps.leads, input);
  assertCovers(deps.viewer, { entity: "lead", action: "update" }, before);
  assertNotConverted(before);
  assertNotPooled(before);
  const failures = failedConversionRules(before);
  if (failures.length > 0) {
    throw new DomainError("transition_refused", failures.map(({ message }) => message).join(" "), { failures });
  }
  const known = await knownContact(request.contactId, deps);
  const accountId = accountIdOf(known, request);
  const account = await accountOf(before, { ...request, accountId }, deps);
  const contact = known
    ? linked(known, account.after, before, deps)
    : await contactOf(before, request, account.after, deps);
  const opportunity = request.opportunity && (await opportunityOf(before, request.opportunity, account.after, deps));

  const at = deps.context.clock.now().toISOString();
  const ids = { accountId: account.after.id, contactId: contact.after.id, opportunityId: opportunity?.after.id };
  const conversion = Object.fromEntries(Object.entries({ at, ...ids }).filter(([, value]) => value !== undefined));
  const after = revise(before, { ...leadMovedTo("converted", at), conversion }, { context: deps.context, command });
  const records = [account, contact, ...(opportunity ? [opportunity] : [])];
  await deps.conversions.convert({ before, after }, records, deps.context.claim).catch(naming(deps));
  return after;
}

/** What has been converted is history. @throws DomainError `already_converted` with the ids of what it has become */
export function assertNotConverted({ status, conversion }: Pick<Lead, "status" | "conversion">): void {
  if (status !== "converted") return;
  const { accountId, contactId, opportunityId } = conversion ?? {};
  const failures = [accountId, contactId, opportunityId].flatMap((id) => (id === undefined ? [] : [{ id }]));
  throw new DomainError("already_converted", "The lead has been converted.", { failures });
}

async function knownContact(
  id: string | undefined,
  { contacts }: ConversionDeps,
): Promise<Stored<Contact> | undefined> {
  if (id === undefined) return undefined;
  const contact = await contacts.get(id);
  if (!contact) throw unknownReference("/body/contactId", id);
  return contact;
}

/** The account that is named, or that of the contact. @throws DomainError `invalid_request` when they are not the same */
function accountIdOf(contact: Stored<Contact> | undefined, request: ConversionRequest): string | undefined {
  const own = contact?.accountId;
  const isOther = request.account !== undefined || (request.accountId !== undefined && request.accountId !== own);
  if (own !== undefined && isOther) {
    throw new DomainError("invalid_request", "The contact belongs to another account.", {
      errors: [{ pointer: "/body/contactId", message: "belongs to another account" }],
    });
  }
  return request.accountId ?? own;
}

async function accountOf(
  lead: Stored<Lead>,
  { accountId, account: given = {} }: Pick<ConversionRequest, "accountId" | "account">,
  deps: ConversionDeps,
): Promise<ConvertedRecord<"account", Account>> {
  if (accountId !== undefined) {
    const before = await deps.accounts.get(accountId);
    if (!before) throw unknownReference("/body/accountId", accountId);
    assertAccountNotPooled(before);
    return {
      kind: "account",
      before,
      after: revise(before, { leadIds: leadIdsOf(before, lead) }, { ...deps, command }),
    };
  }
  const { name, company = name, industry, region, website, ownerId } = lead;
  // The name of an account is seen by whoever sees the account.
  if (given.name === undefined && hiddenFields(deps.viewer, "lead").has("company")) throw needsName();
  const own = { name: given.name ?? company, tags: given.tags ?? [], ownerId };
  const fields = { industry, region, website, ...given, ...own };
  const after = await within("/body/account", async () => {
    assertMayWrite(deps.viewer, "account", Object.keys(given));
    const { account } = await newAccount(fields, deps, command);
    assertCovers(deps.viewer, { entity: "account", action: "create" }, account);
    return account;
  });
  return { kind: "account", after: { ...after, leadIds: [lead.id] } };
}

function needsName(): DomainError {
  return new DomainError("invalid_request", "The account needs a name.", {
    errors: [{ pointer: "/body/account/name", message: "is needed: the lead's company is not for your role" }],
  });
}

async function contactOf(
  lead: Stored<Lead>,
  { contact: given = {} }: ConversionRequest,
  account: Stored<Account>,
  deps: ConversionDeps,
): Promise<ConvertedRecord<"contact", Contact>> {
  const { name, title, email, phone, ownerId } = lead;
  const own = { name: given.name ?? name, tags: given.tags ?? [], accountId: account.id, ownerId };
  const fields = { title, email, phone, ...given, ...own };
  const after = await within("/body/contact", async () => {
    assertMayWrite(deps.viewer, "contact", Object.keys(given));
    const { contact } = await newContact(fields, withAccount(deps, account), command);
    assertCovers(deps.viewer, { entity: "contact", action: "create" }, contact);
    return contact;
  });
  return { kind: "contact", after: { ...after, leadIds: [lead.id] } };
}

/** A contact that is there becomes part of the account only if it is of none and the caller may change it. */
function linked(
  before: Stored<Contact>,
  account: Stored<Account>,
  lead: Stored<Lead>,
  deps: ConversionDeps,
): ConvertedRecord<"contact", Contact> {
  const isFree = before.accountId === undefined;
  const mayChange = isVisible(visibilityOf(deps.viewer, { entity: "contact", action: "update" }), before);
  const patch = { leadIds: leadIdsOf(before, lead), ...(isFree && mayChange ? { accountId: account.id } : {}) };
  return { kind: "contact", before, after: revise(before, patch, { ...deps, command }) };
}

async function opportunityOf(
  lead: Stored<Lead>,
  given: NonNullable<ConversionRequest["opportunity"]>,
  account: Stored<Account>,
  deps: ConversionDeps,
): Promise<ConvertedRecord<"opportunity", Opportunity>> {
  const { name, source, ownerId } = lead;
  const { company = name } = hiddenFields(deps.viewer, "lead").has("company") ? {} : lead;
  const { productIds = [], amountMinor = 0, tags = [] } = given;
  const own = { name: given.name ?? company, productIds, amountMinor, tags, accountId: account.id, ownerId };
  const fields = { source, ...given, ...own };
  const after = await within("/body/opportunity", async () => {
    assertMayWrite(deps.viewer, "opportunity", Object.keys(given));
    const opportunity = await newOpportunity(fields, withAccount(deps, account), command);
    assertCovers(deps.viewer, { entity: "opportunity", action: "create" }, opportunity);
    return opportunity;
  });
  return { kind: "opportunity", after: { ...after, leadIds: [lead.id] } };
}

/** The account may be as new as the records that refer to it. */
function withAccount(deps: ConversionDeps, account: Stored<Account>): ConversionDeps {
  const get = async (id: string) => (id === account.id ? account : deps.accounts.get(id));
  return { ...deps, accounts: { ...deps.accounts, get } };
}

/** The latest ones when there are many. */
function leadIdsOf({ leadIds = [] }: { leadIds?: readonly string[] | undefined }, { id }: Stored<Lead>): string[] {
  return [...leadIds, id].slice(-mostLeads);
}

/** A refusal of a part says where in the request it lies. */
async function within<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? error.at(place) : error;
  }
}

/** A refusal names the records that stand in the way, as far as they may be read. */
function naming({ accounts, contacts }: ConversionDeps): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof ValueTaken)) throw error;
    const ids = error.taken.map(({ recordId }) => recordId);
    const of = (kind: string) => ids.filter((id) => entityOf(id) === kind);
    const known = await Promise.all([accounts.getMany(of("account")), contacts.getMany(of("contact"))]);
    throw error.naming(new Map<string, object>(known.flatMap((records) => [...records])));
  };
}
