import type { Lead, LeadPatch } from "@shangji/contracts/leads/schemas";
import { checkDuplicates, given, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import { assertNotConverted } from "./convert-lead.ts";
import { statusWithOwner } from "./move-lead.ts";
import type { LeadDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `already_converted`, `pooled`, `duplicate_value`, `duplicate`, `unknown_reference` */
export async function updateLead(
  input: ChangeTarget & { patch: LeadPatch },
  deps: LeadDeps,
): Promise<Written<Stored<Lead>>> {
  const before = await readForChange(deps.leads, input);
  return changeLead(before, input.patch, { ...deps, command: "updateLead" });
}

/** Gives a patch to the lead as it was read. @throws DomainError `conflict`, `already_converted`, `pooled`, `duplicate_value`, `duplicate`, `unknown_reference` */
export async function changeLead(
  before: Stored<Lead>,
  patch: LeadPatch,
  deps: LeadDeps & { command: string },
): Promise<Written<Stored<Lead>>> {
  const { leads, contacts, users, context } = deps;
  assertNotConverted(before);
  assertNotPooled(before);
  const ownership = await ownershipChange(patch.ownerId, users);
  const checked = await checkDuplicates(
    { entity: "lead", before, after: { ...before, ...given(patch) } },
    { ...deps.duplicates, records: leads, others: contacts },
  );
  const status = statusWithOwner(before, ownership, context.clock.now().toISOString());
  const after = revise(before, { ...patch, ...ownership, ...status, ...marksPatch(checked.marks, before) }, deps);
  return written(after, checked, (claim) => leads.update(before, after, claim), context.claim);
}
