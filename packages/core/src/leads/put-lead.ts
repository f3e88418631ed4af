import type { ExternalId } from "@shangji/contracts/kit/primitives";
import { type Lead, type LeadPatch, NewLead } from "@shangji/contracts/leads/schemas";
import { externalIdValue } from "../kit/external-id.ts";
import { newFields, type PutRecord, putByExternalId } from "../kit/put-by-external-id.ts";
import { createLead } from "./create-lead.ts";
import type { LeadDeps } from "./ports.ts";
import { changeLead } from "./update-lead.ts";

export interface LeadPut {
  externalId: ExternalId;
  fields: LeadPatch;
  expectedVersion?: number | undefined;
}

/**
 * Adds the lead of another system, or gives it these fields; `complete` adds what a new one gets besides them.
 * @throws DomainError as `createLead` and `updateLead` do
 */
export async function putLead(
  { externalId, fields, expectedVersion }: LeadPut,
  deps: LeadDeps & { complete?: (lead: NewLead) => NewLead },
): Promise<PutRecord<Lead>> {
  const { leads, complete = (lead) => lead } = deps;
  return putByExternalId<Lead, LeadPatch>({
    fields,
    expectedVersion,
    find: () => leads.getByUnique(externalIdValue(externalId)),
    create: () => createLead(complete(newFields(NewLead, { ...fields, externalId })), deps),
    change: (before, changed) => changeLead(before, changed, { ...deps, command: "putLead" }),
  });
}
