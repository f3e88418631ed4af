import type { User } from "@shangji/contracts/people/schemas";
import type { Personnel, Witness } from "@shangji/core/people/ports";
import type { Table } from "../kit/client.ts";
import type { ForgettingDirectory } from "../kit/directory-store.ts";
import { createItem, replaceItem, replaceItems, unchangedItem } from "../kit/record-store.ts";
import { takeClaim } from "../kit/taken-claims.ts";
import { write } from "../kit/write.ts";
import { deactivationShape } from "./deactivations.ts";
import { userShape } from "./users.ts";

/**
 * Changes of users that depend on another one: a transaction with a check of the other, where there is one.
 * `users` is what this process remembers of them.
 */
export function personnelIn(table: Table, users: Pick<ForgettingDirectory<User>, "forget">): Personnel {
  const check = (witness: Witness) => (witness ? [unchangedItem(table, userShape, witness)] : []);
  return {
    async change({ before, after, witness }) {
      const checks = check(witness);
      const items = [...checks, ...replaceItems(table, userShape, before, after)];
      await write(table, items, [], { records: checks.length + 1 });
      users.forget();
    },
    async deactivate({ before, after, witness, deactivation }, claim) {
      const records = [
        replaceItem(table, userShape, before, after),
        ...check(witness),
        createItem(table, deactivationShape, deactivation),
      ];
      await write(table, records, takeClaim(table, claim, deactivation), { records: records.length });
      users.forget();
    },
  };
}
