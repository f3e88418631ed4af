import { behaviourTarget, NewBehaviourEvent } from "@shangji/contracts/scoring/behaviour";
import * as routes from "@shangji/contracts/scoring/routes";
import { hiddenFields } from "@shangji/core/access/field-rules";
import { getLeadScore } from "@shangji/core/scoring/get-lead-score";
import { getScoringProgress } from "@shangji/core/scoring/recompute";
import { recordBehaviour } from "@shangji/core/scoring/record-behaviour";
import { getScoringRules, putScoringRules } from "@shangji/core/scoring/rule-set";
import { httpFunction, operation } from "@shangji/lambda/http-function";
import { rowsOperation } from "@shangji/lambda/rows-operation";
import { depsFor, http } from "./wiring.ts";

export const handler = httpFunction({
  ...http,
  operations: [
    operation(routes.getScoringRules, ({ viewer }) =>
      getScoringRules({ ...depsFor(viewer), hidden: hiddenFields(viewer, "lead") }),
    ),
    operation(routes.putScoringRules, ({ body, expectedVersion, context, viewer }) =>
      putScoringRules(
        { rules: body, expectedVersion },
        { ...depsFor(viewer), hidden: hiddenFields(viewer, "lead"), context },
      ),
    ),
    operation(routes.getScoringProgress, ({ viewer }) => getScoringProgress(depsFor(viewer))),
    rowsOperation(routes.recordBehaviour, {
      name: "events",
      schema: NewBehaviourEvent,
      chain: behaviourTarget,
      perform: (event, { viewer }, context) => recordBehaviour(event, { ...depsFor(viewer), viewer, context }),
    }),
    operation(routes.getLeadScore, ({ params, context, viewer }) =>
      getLeadScore(params, { ...depsFor(viewer), hidden: hiddenFields(viewer, "lead"), clock: context.clock }),
    ),
  ],
});
