import * as routes from "@shangji/contracts/contacts/routes";
import { withOwner } from "@shangji/core/access/with-owner";
import { createContact } from "@shangji/core/contacts/create-contact";
import { deleteContact } from "@shangji/core/contacts/delete-contact";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { found } from "@shangji/core/kit/domain-error";
import { listRecords } from "@shangji/core/lists/list-records";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createContact, ({ body, context, viewer }) =>
      createContact(withOwner(body, "contact", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getContact, ({ params, viewer }) => found(depsFor(viewer).contacts.get(params.id))),
    operation(routes.listContacts, ({ query, after, viewer }) => listRecords({ query, after }, listDepsFor(viewer))),
    operation(routes.updateContact, ({ params, body, expectedVersion, context, viewer }) =>
      updateContact({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteContact, ({ params, expectedVersion, context, viewer }) =>
      deleteContact({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
  ],
});
