import type { Form } from "@shangji/contracts/forms/schemas";
import { type Consent, NewLead } from "@shangji/contracts/leads/schemas";
import type { Submission } from "@shangji/contracts/public-forms/routes";
import { DomainError } from "../kit/domain-error.ts";
import { parseFields } from "../kit/parse-fields.ts";

/** What a browser sends for a box that is not ticked, or a script for one; a ticked one is anything else. */
const unticked = new Set(["", "0", "false", "off", "no"]);

/** Nothing but signs that nobody sees: with a name of these a lead would stand empty in each list. */
const unseen = /^[\p{Default_Ignorable_Code_Point}\p{Z}\p{Cc}\u2800]*$/u;

/** Signs that turn the rest of a line around, in lists and mails too: `gnp.exe` then reads as `exe.png`. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** A lead as a form makes it, beside what the store gives it. */
export type SubmittedLead = Omit<NewLead, "consent"> & { consent?: Consent; formId: string };

/**
 * The lead that a page has sent. Only inputs that the form knows go into it, as text that nobody interprets.
 * @throws DomainError `invalid_request`, which names inputs as the page does
 */
export function submittedLead(form: Form, inputs: Submission, at: string): SubmittedLead {
  const given = form.fields.flatMap(({ input, to, required }) => {
    const text = textOf(inputs, input);
    const value = unseen.test(text) ? "" : text;
    if (value === "" && (required || to === "name")) throw lacking(input);
    return value === "" ? [] : [[to, value] as const];
  });
  const { consent: _, ...fields } = parsed(form, fieldsOf(given));
  const { source, campaign } = form;
  const consent = consentOf(form, inputs, at);
  return {
    ...fields,
    ...(source === undefined ? {} : { source }),
    ...(campaign === undefined ? {} : { campaign }),
    ...(consent === undefined ? {} : { consent }),
    formId: form.id,
  };
}

/** The text of an input, trimmed; empty when it was not sent. */
export function textOf(inputs: Submission, input: string): string {
  const value = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
  return value === undefined || value === null ? "" : String(value).trim();
}

function fieldsOf(given: readonly (readonly [string, string])[]): Record<string, unknown> {
  const own = given.filter(([to]) => !to.startsWith("custom.") && !to.startsWith("utm"));
  const custom = given
    .filter(([to]) => to.startsWith("custom."))
    .map(([to, value]) => [to.slice("custom.".length), value]);
  const utm = given
    .filter(([to]) => to.startsWith("utm"))
    .map(([to, value]) => [to.slice("utm".length).toLowerCase(), value]);
  return {
    ...Object.fromEntries(own.map(([to, value]) => [to, to === "message" ? value : oneLine(value)])),
    ...(custom.length > 0 ? { custom: Object.fromEntries(custom) } : {}),
    ...(utm.length > 0 ? { utm: Object.fromEntries(utm.map(([part, value]) => [part, oneLine(String(value))])) } : {}),
  };
}

/** What was pasted with a line break is still one name; what hides in control characters goes. */
function oneLine(text: string): string {
  return text
    .replace(turning, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

function parsed(form: Form, fields: Record<string, unknown>): NewLead {
  try {
    return parseFields(NewLead, fields, "/body");
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = error.errors.map((fault) => ({ ...fault, pointer: `/body/${inputAt(form, fault.pointer)}` }));
    throw new DomainError(error.code, error.message, { errors, cause: error });
  }
}

/** The page's name of the input that filled a field. */
function inputAt({ fields }: Form, pointer: string): string {
  const [, , first = "", second = ""] = pointer.split("/");
  const target =
    first === "custom"
      ? `custom.${second}`
      : first === "utm"
        ? `utm${second[0]?.toUpperCase()}${second.slice(1)}`
        : first;
  return fields.find(({ to }) => to === target)?.input ?? first;
}

function consentOf({ consentText, consentInput, id }: Form, inputs: Submission, at: string): Consent | undefined {
  if (consentText === undefined) return undefined;
  if (consentInput !== undefined && unticked.has(textOf(inputs, consentInput).toLowerCase())) return undefined;
  return { text: consentText, at, formId: id };
}

function lacking(input: string): DomainError {
  return new DomainError("invalid_request", "Some values are not valid.", {
    errors: [{ pointer: `/body/${input}`, message: "is needed" }],
  });
}
