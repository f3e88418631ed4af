import type { Form } from "@shangji/contracts/forms/schemas";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { Budgets } from "../limits/ports.ts";
import { formLimits, spend } from "./form-limits.ts";
import type { Forms } from "./ports.ts";

export interface SendableDeps {
  forms: Pick<Forms, "all" | "getByUnique">;
  budgets: Budgets;
  /** What stands for a personal text where it must not be kept: a hash with a key of the customer's own. */
  conceal(text: string): Promise<string>;
}

/** Who wants to send which form. */
export interface Sender {
  key: string;
  /** The page that sends it; absent when it is no page. */
  origin: string | undefined;
  /** The network that it comes from. */
  network: string;
}

/**
 * The form that somebody wants to send, or a browser asks for before its page may. Both are counted, by themselves, and before
 * the key is looked at, so that keys cannot be tried out.
 * @throws DomainError `not_found` for a key that is no form's, `origin_not_allowed`, `too_many_requests`, `unavailable`
 */
export async function sendableForm(
  { key, origin, network }: Sender,
  purpose: "address" | "preflight",
  deps: SendableDeps,
): Promise<Form> {
  await spend(`${purpose}#${await deps.conceal(network)}`, formLimits.perAddress, deps);
  const known = (await deps.forms.all()).find((form) => form.key === key);
  // A form may be younger than what is remembered.
  const form = known ?? (await deps.forms.getByUnique({ field: "key", value: key }));
  if (!form?.active) throw notFound();
  if (origin !== undefined && !form.allowedOrigins.includes(origin)) throw new DomainError("origin_not_allowed", "");
  return form;
}
