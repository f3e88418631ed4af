import { type Import, ImportOptions, type NewImport } from "@shangji/contracts/imports/schemas";
import { fieldsNotAllowed } from "../access/field-rules.ts";
import type { Viewer } from "../access/viewer.ts";
import { type CallContext, changeBy } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { assertMayImport } from "./assert-may-import.ts";
import { emptyCounts, type ImportJob } from "./job.ts";
import { mappedFields, mappingErrors } from "./mapping/check-mapping.ts";
import type { ImportLinks, ImportStore } from "./ports.ts";
import { judgeOf } from "./rows/judge.ts";

/**
 * Begins an import: it runs by itself once the CSV has been put to `uploadUrl`, which works for an hour.
 * Rows that the
 * caller may not write fail one by one. @throws DomainError `forbidden` when the caller may write no such record at all,
 * `invalid_request` when the mapping cannot work, `field_not_allowed` when it names a field that the caller may not write
 */
export async function createImport(
  input: NewImport,
  deps: { store: ImportStore; links: ImportLinks; context: CallContext; viewer: Viewer },
): Promise<Import> {
  const { context } = deps;
  assertMayImport(deps.viewer, input.entity);
  const errors = input.mapping ? mappingErrors(input.entity, input.mapping) : [];
  if (errors.length > 0)
    throw new DomainError("invalid_request", "The mapping cannot work.", { errors: errors.slice(0, 50) });
  assertMayMap(deps.viewer, input);
  const at = context.clock.now().toISOString();
  const job: ImportJob = {
    id: context.ids.next("import"),
    entity: input.entity,
    status: "awaiting_upload",
    dryRun: input.dryRun,
    options: input.options ?? ImportOptions.parse({}),
    ...(input.mapping ? { mapping: input.mapping } : {}),
    counts: emptyCounts,
    createdBy: context.actor.userId,
    ...(context.actor.keyId ? { keyId: context.actor.keyId } : {}),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const shown = await withUploadLink(job, deps.links);
  await deps.store.create(job, changeBy(context, "createImport", at), context.claim);
  return shown;
}

function assertMayMap(viewer: Viewer, { entity, mapping }: NewImport): void {
  const mapped = mapping ? mappedFields(mapping) : [];
  const frozen = judgeOf(viewer, { entity }).frozen(mapped.map(({ field }) => field));
  const refused = mapped.filter(({ field }) => frozen.includes(field));
  if (refused.length > 0) throw fieldsNotAllowed(refused.map(({ pointer }) => pointer));
}

/** An import that awaits its file, with the link to put it to. */
export async function withUploadLink(job: ImportJob, links: ImportLinks): Promise<Import> {
  const { url, headers } = await links.uploadLink(job.id);
  const { keyId: _, ...shown } = job;
  return { ...shown, uploadUrl: url, uploadHeaders: headers };
}
