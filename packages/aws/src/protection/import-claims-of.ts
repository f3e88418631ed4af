import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { kindOf } from "@shangji/core/imports/job";
import type { ImportStore } from "@shangji/core/imports/ports";
import { externalKey } from "@shangji/core/imports/rows/keys";
import type { Clock } from "@shangji/core/kit/context";
import type { ListPosition } from "@shangji/core/kit/record";
import type { SubjectStore } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import { importKeys, keptDays } from "../imports/import-keys.ts";

const importsAPiece = 25;

/**
 * Keys by which trial runs of imports recognised a row: contacts and leads are known by their external id alone. The key is part of what
 * the person is known by; it says no more than that, so an export is without it.
 */
export function importClaimsOf({
  table,
  imports,
  clock,
}: {
  table: Table;
  imports: Pick<ImportStore, "list">;
  clock: Clock;
}): SubjectStore {
  return {
    name: "importKeys",
    read: async () => [],
    async erase({ traits: { externalId } }, position) {
      if (!externalId) return { items: 0 };
      const after = position?.after as ListPosition | undefined; // made below
      const { items, next } = await imports.list({ limit: importsAPiece, after });
      const first = clock.now().getTime() - (keptDays + 1) * 86_400_000;
      const recent = items.filter(({ createdAt }) => Date.parse(createdAt) > first);
      for (const { id, entity } of recent.filter(({ entity }) => entity === "contacts" || entity === "leads")) {
        const Key = importKeys.claim(id, externalKey(kindOf[entity], externalId.id));
        await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
      }
      return { items: 0, ...(next && recent.length === items.length ? { next: { after: next } } : {}) };
    },
  };
}
