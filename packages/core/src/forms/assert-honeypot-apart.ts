import type { Form } from "@shangji/contracts/forms/schemas";
import { DomainError } from "../kit/domain-error.ts";

/** What people fill too cannot tell machines from them: every lead would be dropped. @throws DomainError `invalid_request` */
export function assertHoneypotApart({
  honeypotInput,
  consentInput,
  fields,
}: Pick<Form, "honeypotInput" | "consentInput" | "fields">): void {
  const seen = [consentInput, ...fields.map(({ input }) => input)];
  if (honeypotInput === undefined || !seen.includes(honeypotInput)) return;
  throw new DomainError("invalid_request", "Some values are not valid.", {
    errors: [{ pointer: "/body/honeypotInput", message: "is an input that people fill" }],
  });
}
