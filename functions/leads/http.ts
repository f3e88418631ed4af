import { backtestAssignmentRules } from "@shangji/contracts/assignment/routes";
import * as routes from "@shangji/contracts/leads/routes";
import * as recycling from "@shangji/contracts/recycling/routes";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { withOwner } from "@shangji/core/access/with-owner";
import { backtestAssignment } from "@shangji/core/assignment/backtest/backtest";
import { getLeadAssignment } from "@shangji/core/assignment/get-assignment";
import { getLeadResponse } from "@shangji/core/assignment/response/get-response";
import { duplicatesOf, findDuplicates } from "@shangji/core/duplicates/find-duplicates";
import { found } from "@shangji/core/kit/domain-error";
import { listRestorable } from "@shangji/core/kit/restore-record";
import { conversionOffer } from "@shangji/core/leads/conversion-offer";
import { convertLead } from "@shangji/core/leads/convert-lead";
import { createLead } from "@shangji/core/leads/create-lead";
import { deleteLead } from "@shangji/core/leads/delete-lead";
import { putLead } from "@shangji/core/leads/put-lead";
import { restoreLead } from "@shangji/core/leads/restore-lead";
import { listLeadTransitions, transitionLead } from "@shangji/core/leads/transition-lead";
import { updateLead } from "@shangji/core/leads/update-lead";
import { listRecords } from "@shangji/core/lists/list-records";
import { getLeadRecycling } from "@shangji/core/recycling/get-recycling";
import { batchOperation } from "@shangji/lambda/batch";
import { httpFunction, operation, putOperation } from "@shangji/lambda/http-function";
import { depsFor, http, listDepsFor } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.createLead, ({ body, context, viewer }) =>
      createLead(withOwner(body, "lead", viewer), { ...depsFor(viewer), context }),
    ),
    operation(routes.getLead, ({ params, viewer }) => found(depsFor(viewer).leads.get(params.id))),
    operation(routes.listLeads, ({ query, after, viewer }) => listRecords({ query, after }, listDepsFor(viewer))),
    operation(routes.updateLead, ({ params, body, expectedVersion, context, viewer }) =>
      updateLead({ ...params, patch: body, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.deleteLead, ({ params, expectedVersion, context, viewer }) =>
      deleteLead({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.listLeadTransitions, ({ params, viewer }) => listLeadTransitions(params, depsFor(viewer))),
    operation(routes.transitionLead, ({ params, body, expectedVersion, context, viewer }) =>
      transitionLead({ ...params, expectedVersion, request: body }, { ...depsFor(viewer), context }),
    ),
    operation(routes.getLeadConversion, ({ params, viewer }) =>
      conversionOffer(params, { ...depsFor(viewer), viewer }),
    ),
    operation(routes.convertLead, ({ params, body, expectedVersion, context, viewer }) =>
      convertLead({ ...params, expectedVersion, request: body }, { ...depsFor(viewer), viewer, context }),
    ),
    operation(routes.listDeletedLeads, ({ query, after, context, viewer }) => {
      const { leads: records, teams } = depsFor(viewer);
      return listRestorable({ query, after }, { records, teams, clock: context.clock });
    }),
    operation(routes.restoreLead, ({ params, expectedVersion, context, viewer }) =>
      restoreLead({ ...params, expectedVersion }, { ...depsFor(viewer), context }),
    ),
    operation(routes.findLeadDuplicates, ({ query, viewer }) => {
      const { leads: records, contacts: others, duplicates } = depsFor(viewer);
      return findDuplicates({ entity: "lead", fields: query }, { records, others, country: duplicates.country });
    }),
    operation(routes.getLeadDuplicates, ({ params, viewer }) => {
      const { leads: records, contacts: others, duplicates } = depsFor(viewer);
      const hidden = hiddenFields(viewer, "lead");
      return duplicatesOf({ entity: "lead", ...params }, { records, others, country: duplicates.country, hidden });
    }),
    operation(routes.getLeadAssignment, ({ params, viewer }) =>
      getLeadAssignment(params, { ...depsFor(viewer), hidden: hiddenFields(viewer, "lead") }),
    ),
    operation(backtestAssignmentRules, ({ body, context, viewer }) =>
      backtestAssignment(body, { ...depsFor(viewer), context }),
    ),
    operation(recycling.getLeadRecycling, ({ params, viewer }) =>
      getLeadRecycling(params, { ...depsFor(viewer), hidden: hiddenFields(viewer, "lead") }),
    ),
    operation(routes.getLeadResponse, ({ params, viewer }) =>
      getLeadResponse(params, { ...depsFor(viewer), hidden: hiddenFields(viewer, "lead") }),
    ),
    putOperation(routes.putLead, ({ params, body, expectedVersion, context, viewer }) =>
      putLead(
        { externalId: params, fields: body, expectedVersion },
        { ...depsFor(viewer), context, complete: (added) => withOwner(added, "lead", viewer) },
      ),
    ),
    batchOperation(routes.batchLeads, ({ viewer }) => {
      const deps = depsFor(viewer);
      return {
        create: (fields, context) => createLead(withOwner(fields, "lead", viewer), { ...deps, context }),
        update: ({ id, version, fields }, context) =>
          updateLead({ id, expectedVersion: version, patch: fields }, { ...deps, context }),
        upsert: ({ version, ...put }, context) =>
          putLead(
            { ...put, expectedVersion: version },
            { ...deps, context, complete: (added) => withOwner(added, "lead", viewer) },
          ),
      };
    }),
  ],
});
