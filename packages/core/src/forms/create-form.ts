import { type Form, mostForms, type NewForm } from "@shangji/contracts/forms/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertHoneypotApart } from "./assert-honeypot-apart.ts";
import { makeFormKey } from "./form-key.ts";
import type { FormDeps } from "./ports.ts";

/** Makes a form with a key of its own. @throws DomainError `too_many_forms`, `invalid_request` */
export async function createForm(input: NewForm, { forms, secretBytes, context }: FormDeps): Promise<Stored<Form>> {
  assertHoneypotApart(input);
  // All of them are read for each page that is sent and not remembered; a few more by admins at the same time do no harm.
  if ((await forms.all()).length >= mostForms) throw new DomainError("too_many_forms", "");
  const stamp = { context, command: "createForm" };
  const form = newRecord<Form>("form", { ...input, active: true, key: makeFormKey(secretBytes) }, stamp);
  await forms.create(form, context.claim);
  return form;
}
