import { sendableForm } from "@shangji/core/forms/sendable-form";
import { submitForm } from "@shangji/core/forms/submit-form";
import { publicForm } from "@shangji/lambda/public-form";
import { defaultLanguage } from "@shangji/lambda/settings";
import { deps } from "./wiring.ts";

export const handler = publicForm({
  defaultLanguage: defaultLanguage(),
  ask: (sender) => sendableForm(sender, "preflight", deps),
  submit: (submitted, context) => submitForm(submitted, { ...deps, context }),
});
