import type { ExportLanguage, NewExport } from "@shangji/contracts/exports/schemas";
import type { Condition } from "@shangji/contracts/kit/condition";
import type { z } from "zod";
import { hiddenFields } from "../access/field-rules.ts";
import type { Viewer } from "../access/viewer.ts";
import { resolveCondition } from "../conditions/resolve-condition.ts";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { newRecord } from "../kit/new-record.ts";
import { listedKinds } from "../lists/listed-kinds.ts";
import { assertFields, readerOf, viewIn } from "../lists/question.ts";
import type { Views } from "../views/ports.ts";
import { readableFields } from "../views/visible-view.ts";
import { mayExport } from "./may-export.ts";
import type { ExportRecord, Exports } from "./ports.ts";

export interface CreateExportDeps {
  exports: Pick<Exports, "create">;
  views: Pick<Views, "get">;
  viewer: Viewer;
  context: CallContext;
  /** IANA zone of the organisation. */
  zone: string;
  /** Of names that have one in each language, unless another one is asked for. */
  language: z.infer<typeof ExportLanguage>;
}

/**
 * Orders an export; the write itself leads to the event that starts it. What is asked for is judged as a list's question is;
 * whom it shows is judged when the job runs. A view is taken as it is now, so that a later change cannot make one half of a
 * file answer another question.
 * @throws DomainError `forbidden`, `invalid_request`, `unknown_reference` (the view)
 */
export async function createExport(input: NewExport, deps: CreateExportDeps): Promise<ExportRecord> {
  const { viewer, context, zone } = deps;
  const { entity, format, language = deps.language } = input;
  if (!mayExport(viewer, entity)) throw new DomainError("forbidden", "Your role does not read such records.");
  const kind = listedKinds[entity];
  const hidden = hiddenFields(viewer, entity);
  const { fields } = kind;
  const reader = readerOf({ viewer, clock: context.clock, zone });
  if (input.filter) resolveCondition(input.filter, { fields, hidden, reader, pointer: "/body/filter" });
  if (input.fields) assertFields(input.fields, { fields, hidden, pointer: "/body/fields" });
  const view = input.view === undefined ? undefined : await viewIn(input.view, { ...deps, kind, hidden }, "/body/view");
  const own = {
    entity,
    format,
    language,
    filter: both(input.filter, view?.filter),
    view: input.view,
    fields: input.fields ?? (view && readableFields(view, hidden)),
    status: "running" as const,
    rows: 0,
    ownerId: viewer.actor.userId,
  };
  const order = newRecord<ExportRecord>("export", own as never, { context, command: "createExport" }); // gaps are left out
  await deps.exports.create(order, context.claim);
  return order;
}

function both(left: Condition | undefined, right: Condition | undefined): Condition | undefined {
  return left && right ? { all: [left, right] } : (left ?? right);
}
