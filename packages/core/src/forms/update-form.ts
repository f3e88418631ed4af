import type { Form, FormPatch } from "@shangji/contracts/forms/schemas";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { assertHoneypotApart } from "./assert-honeypot-apart.ts";
import { makeFormKey } from "./form-key.ts";
import type { FormDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `invalid_request` */
export async function updateForm(
  input: ChangeTarget & { patch: FormPatch },
  { forms, context }: Pick<FormDeps, "forms" | "context">,
): Promise<Stored<Form>> {
  const before = await readForChange(forms, input);
  const after = revise(before, input.patch, { context, command: "updateForm" });
  assertHoneypotApart(after);
  await forms.update(before, after, context.claim);
  return after;
}

/** Gives a form a new key in the place of the old one. @throws DomainError `not_found`, `stale_version`, `conflict` */
export async function rotateFormKey(
  input: ChangeTarget,
  { forms, secretBytes, context }: FormDeps,
): Promise<Stored<Form>> {
  const before = await readForChange(forms, input);
  const after = revise(before, { key: makeFormKey(secretBytes) }, { context, command: "rotateFormKey" });
  await forms.update(before, after, context.claim);
  return after;
}
