import type { Form } from "@shangji/contracts/forms/schemas";
import type { Submission } from "@shangji/contracts/public-forms/routes";
import { matchKeysOf } from "../duplicates/match-keys.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { newLead } from "../leads/new-lead.ts";
import type { Leads } from "../leads/ports.ts";
import { formLimits, spend } from "./form-limits.ts";
import { type SendableDeps, type Sender, sendableForm } from "./sendable-form.ts";
import { submittedLead, textOf } from "./submitted-lead.ts";

/** For so long the same content sent to the same form again from the same network is the same lead. */
export const doubleSubmitSeconds = 60;

export interface SubmitDeps extends SendableDeps {
  leads: Pick<Leads, "create">;
  /** Where phone numbers without a country code belong. */
  country: string;
  context: CallContext;
}

export interface SubmittedForm extends Sender {
  inputs: Submission;
}

/**
 * Takes what a page has sent: a lead, or nothing when a machine has filled what people do not see, or when the same was sent
 * a moment ago. The answer is the same in each case. No record is read for it, and none stands in its way, so what is done for
 * somebody who is known takes as long as for anybody else.
 * @throws DomainError `not_found` for a key that is no form's, `origin_not_allowed`, `too_many_requests`, `unavailable`, `invalid_request`
 */
export async function submitForm(submitted: SubmittedForm, deps: SubmitDeps): Promise<Form> {
  const { conceal, context } = deps;
  const form = await sendableForm(submitted, "address", deps);
  await spend(form.id, formLimits.perForm, deps);
  const { honeypotInput } = form;
  const isMachine = honeypotInput !== undefined && textOf(submitted.inputs, honeypotInput) !== "";
  const lead = submittedLead(form, submitted.inputs, context.clock.now().toISOString());
  if (isMachine) return form;
  // Consent is given at another moment each time; and others may be called alike, and have as little to say.
  const { network } = submitted;
  const content = await conceal(JSON.stringify({ ...lead, consent: lead.consent !== undefined, network }));
  const claim = {
    key: `form#${form.id}#${content}`,
    fingerprint: content,
    at: context.clock.now(),
    keeps: "version",
    keptSeconds: doubleSubmitSeconds,
  } as const;
  const number = (await matchKeysOf("lead", lead, deps.country)).find(({ by }) => by === "phone");
  const parts = { ...lead, phoneKey: number?.value ?? null };
  await deps.leads.create(newLead(parts, { context, command: "submitForm" }), claim).catch(unlessSentBefore);
  return form;
}

function unlessSentBefore(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== "idempotency_in_progress") throw error;
}
