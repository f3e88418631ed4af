import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { kindOf } from "@shangji/core/imports/job";
import type { ImportStore } from "@shangji/core/imports/ports";
import { emailKey, externalKey, nameKey } from "@shangji/core/imports/rows/keys";
import type { Clock } from "@shangji/core/kit/context";
import { foldName } from "@shangji/core/kit/fold";
import { entityOf } from "@shangji/core/kit/ids";
import type { ListPosition } from "@shangji/core/kit/record";
import type { SubjectStore, Traits } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import { importKeys, keptDays } from "../imports/import-keys.ts";

const importsAPiece = 25;

/**
 * Keys by which imports recognised a row: contacts and leads are known by their external id alone, users by their name and
 * e-mail too. The key is part of what the person is known by; it says no more than that, so an export is without it.
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
    async erase({ id, traits }, position) {
      const after = position?.after as ListPosition | undefined; // made below
      const { items, next } = await imports.list({ limit: importsAPiece, after });
      const first = clock.now().getTime() - (keptDays + 1) * 86_400_000;
      const recent = items.filter(({ createdAt }) => Date.parse(createdAt) > first);
      const kind = entityOf(id);
      for (const job of recent.filter(({ entity }) => kindOf[entity] === kind)) {
        for (const key of claimKeysOf(kindOf[job.entity], traits)) {
          const Key = importKeys.claim(job.id, key);
          await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
        }
      }
      return { items: 0, ...(next && recent.length === items.length ? { next: { after: next } } : {}) };
    },
  };
}

function claimKeysOf(kind: string, { name, email, externalId }: Traits): string[] {
  const external = externalId ? [externalKey(kind, externalId.id)] : [];
  if (kind !== "user") return external;
  return [
    ...external,
    ...(name ? [nameKey(kind, foldName(name))] : []),
    ...(email ? [emailKey(kind, email.toLowerCase())] : []),
  ];
}
