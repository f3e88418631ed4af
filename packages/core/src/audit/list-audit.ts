import type { AuditEntry } from "@shangji/contracts/audit/schemas";
import type { CallContext } from "../kit/context.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import { type HiddenFields, withoutFields } from "./hidden-fields.ts";
import type { AuditTrail, TrailQuery } from "./ports.ts";

const defaultDays = 30;

export interface ListAuditDeps {
  trail: Pick<AuditTrail, "list">;
  hiddenFields: HiddenFields;
  context: CallContext;
}

/** The whole trail, newest first: of the last thirty days unless `from` and `to` say otherwise. */
export async function listAudit(
  { limit, after, ...query }: PageRequest & { [K in keyof TrailQuery]?: TrailQuery[K] | undefined },
  { trail, hiddenFields, context: { actor, clock } }: ListAuditDeps,
): Promise<Page<AuditEntry>> {
  const to = query.to === undefined ? clock.now() : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - defaultDays * 86_400_000) : new Date(query.from);
  // The following pages have the bounds of the first one, however long the reader takes.
  const { from: first = from.toISOString(), to: last = to.toISOString(), at } = (after ?? {}) as Partial<Place>; // made below
  const bounds = { from: first, to: last };
  const page = await trail.list(
    { ...bounds, actor: query.actor, kind: query.kind },
    { limit, ...(at ? { after: at } : {}) },
  );
  const items = page.items.map((entry) => withoutFields(entry, hiddenFields(actor, entry.kind)));
  return page.next ? { items, next: { ...bounds, at: page.next } satisfies Place } : { items };
}

/** A place in the trail, with the bounds of the query that it belongs to. */
interface Place {
  from: string;
  to: string;
  at: Record<string, unknown>;
  [name: string]: unknown;
}
