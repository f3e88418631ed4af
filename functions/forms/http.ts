import * as routes from "@shangji/contracts/forms/routes";
import { createForm } from "@shangji/core/forms/create-form";
import { rotateFormKey, updateForm } from "@shangji/core/forms/update-form";
import { found } from "@shangji/core/kit/domain-error";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createForm, ({ body, context }) => createForm(body, { ...deps, context })),
    operation(routes.getForm, ({ params }) => found(deps.forms.get(params.id))),
    operation(routes.listForms, ({ query, after }) => deps.forms.list({ limit: query.limit, after })),
    operation(routes.updateForm, ({ params, body, expectedVersion, context }) =>
      updateForm({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.rotateFormKey, ({ params, expectedVersion, context }) =>
      rotateFormKey({ ...params, expectedVersion }, { ...deps, context }),
    ),
  ],
});
