import * as routes from "@shangji/contracts/contacts/routes";
import { createContact } from "@shangji/core/contacts/create-contact";
import { deleteContact } from "@shangji/core/contacts/delete-contact";
import { listContacts } from "@shangji/core/contacts/list-contacts";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { found } from "@shangji/core/kit/domain-error";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { deps, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createContact, ({ body, context }) => createContact(body, { ...deps, context })),
    operation(routes.getContact, ({ params }) => found(deps.contacts.get(params.id))),
    operation(routes.listContacts, ({ query, after }) => listContacts({ query, after }, deps)),
    operation(routes.updateContact, ({ params, body, expectedVersion, context }) =>
      updateContact({ ...params, patch: body, expectedVersion }, { ...deps, context }),
    ),
    operation(routes.deleteContact, ({ params, expectedVersion, context }) =>
      deleteContact({ ...params, expectedVersion }, { ...deps, context }),
    ),
  ],
});
