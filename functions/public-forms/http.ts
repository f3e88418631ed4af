import { submitForm } from "@shangji/core/forms/submit-form";
import { publicForm } from "@shangji/lambda/public-form";
import { defaultLanguage } from "@shangji/lambda/settings";
import { deps } from "./wiring.ts";

export const handler = publicForm({
  defaultLanguage: defaultLanguage(),
  submit: (submitted, context) => submitForm(submitted, { ...deps, context }),
});
