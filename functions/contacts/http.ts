import * as routes from "@shangji/contracts/contacts/routes";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { withOwner } from "@shangji/core/access/with-owner";
import { createContact } from "@shangji/core/contacts/create-contact";
import { deleteContact } from "@shangji/core/contacts/delete-contact";
import { putContact } from "@shangji/core/contacts/put-contact";
import { restoreContact } from "@shangji/core/contacts/restore-contact";
import { updateContact } from "@shangji/core/contacts/update-contact";
import { duplicatesOf, findDuplicates } from "@shangji/core/duplicates/find-duplicates";
import { readOnce } from "@shangji/core/kit/read-once";
import { listRestorable } from "@shangji/core/kit/restore-record";
import { listRecords } from "@shangji/core/lists/list-records";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
import { foundOrMerged } from "@shangji/lambda/redirect";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createContact, ({ body, context, viewer }) =>
      createContact(withOwner(body, "contact", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getContact, ({ params, viewer }) =>
      foundOrMerged(params.id, "/v1/contacts", depsFor(viewer).contacts),
    ),
    operation(routes.listContacts, ({ query, after, viewer }) => listRecords({ query, after }, listDepsFor(viewer))),
    operation(routes.updateContact, ({ params, body, expectedVersion, context, viewer }) =>
      updateContact({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteContact, ({ params, expectedVersion, context, viewer }) =>
      deleteContact({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.listDeletedContacts, ({ query, after, context, viewer }) => {
      const { contacts: records, teams } = depsFor(viewer);
      return listRestorable({ query, after }, { records, teams, clock: context.clock });
    }),
    operation(routes.restoreContact, ({ params, expectedVersion, context, viewer }) =>
      restoreContact({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.findContactDuplicates, ({ query, viewer }) => {
      const { contacts: records, duplicates } = depsFor(viewer);
      return findDuplicates({ entity: "contact", fields: query }, { records, country: duplicates.country });
    }),
    operation(routes.getContactDuplicates, ({ params, viewer }) => {
      const { contacts: records, duplicates } = depsFor(viewer);
      const hidden = hiddenFields(viewer, "contact");
      return duplicatesOf({ entity: "contact", ...params }, { records, country: duplicates.country, hidden });
    }),
    putOperation(routes.putContact, ({ params, body, expectedVersion, context, viewer }) =>
      putContact(
        { externalId: params, fields: body, expectedVersion },
        { ...depsFor(viewer), context, complete: (added) => withOwner(added, "contact", viewer) },
      ),
    ),
    batchOperation(routes.batchContacts, ({ viewer }) => {
      const deps = depsFor(viewer);
      const stores = { ...deps, accounts: readOnce(deps.accounts) };
      return {
        create: (fields, context) => createContact(withOwner(fields, "contact", viewer), { ...stores, context }),
        update: ({ id, version, fields }, context) =>
          updateContact({ id, expectedVersion: version, patch: fields }, { ...stores, context }),
        upsert: ({ version, ...put }, context) =>
          putContact(
            { ...put, expectedVersion: version },
            { ...stores, context, complete: (added) => withOwner(added, "contact", viewer) },
          ),
      };
    }),
  ],
});
