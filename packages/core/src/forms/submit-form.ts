import type { Form } from "@shangji/contracts/forms/schemas";
import type { Submission } from "@shangji/contracts/public-forms/routes";
import { matchKeysOf } from "../duplicates/match-keys.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError, notFound } from "../kit/domain-error.ts";
import { newLead } from "../leads/new-lead.ts";
import type { Leads } from "../leads/ports.ts";
import type { Budgets } from "../limits/ports.ts";
import type { Forms } from "./ports.ts";
import { submittedLead, textOf } from "./submitted-lead.ts";

/** Sends a minute: people rarely send a form twice, and offices share an address. */
export const formLimits = { perAddress: 10, perForm: 300 } as const;

/** For so long the same content sent to the same form again is the same lead. */
export const doubleSubmitSeconds = 60;

export interface SubmitDeps {
  forms: Pick<Forms, "all" | "getByUnique">;
  leads: Pick<Leads, "create">;
  budgets: Budgets;
  /** What stands for a personal text where it must not be kept: a hash with a key of the customer's own. */
  conceal(text: string): Promise<string>;
  /** Where phone numbers without a country code belong. */
  country: string;
  context: CallContext;
}

export interface SubmittedForm {
  key: string;
  inputs: Submission;
  /** The page that sends it; absent when it is no page. */
  origin: string | undefined;
  /** The network that it comes from. */
  network: string;
}

/**
 * Takes what a page has sent: a lead, or nothing when a machine has filled what people do not see, or when the same was sent
 * a moment ago. The answer is the same in each case. No record is read for it, and none stands in its way, so what is done for
 * somebody who is known takes as long as for anybody else.
 * @throws DomainError `not_found` for a key that is no form's, `origin_not_allowed`, `too_many_requests`, `unavailable`, `invalid_request`
 */
export async function submitForm(submitted: SubmittedForm, deps: SubmitDeps): Promise<Form> {
  const { conceal, context } = deps;
  // Before the key is looked at, so that keys cannot be tried out.
  await spend(`address#${await conceal(submitted.network)}`, formLimits.perAddress, deps);
  const form = await formOf(submitted.key, deps.forms);
  if (submitted.origin !== undefined && !form.allowedOrigins.includes(submitted.origin))
    throw new DomainError("origin_not_allowed", "");
  await spend(form.id, formLimits.perForm, deps);
  const { honeypotInput } = form;
  const isMachine = honeypotInput !== undefined && textOf(submitted.inputs, honeypotInput) !== "";
  const lead = submittedLead(form, submitted.inputs, context.clock.now().toISOString());
  if (isMachine) return form;
  // Consent is given at another moment each time.
  const content = await conceal(JSON.stringify({ ...lead, consent: lead.consent !== undefined }));
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

async function formOf(key: string, forms: SubmitDeps["forms"]): Promise<Form> {
  const known = (await forms.all()).find((form) => form.key === key);
  // A form may be younger than what is remembered.
  const form = known ?? (await forms.getByUnique({ field: "key", value: key }));
  if (!form?.active) throw notFound();
  return form;
}

/**
 * A budget that cannot be kept takes nothing: a flood is what may make the store slow, and where the store cannot count it could
 * not keep the lead either.
 */
async function spend(callerId: string, limit: number, { budgets }: SubmitDeps): Promise<void> {
  const standing = await budgets.charge({ callerId, limit }, 1).catch((cause: unknown) => {
    throw new DomainError("unavailable", "", { cause });
  });
  if (!standing.isGranted) throw new DomainError("too_many_requests", "");
}

function unlessSentBefore(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== "idempotency_in_progress") throw error;
}
