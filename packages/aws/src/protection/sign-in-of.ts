import { entityOf } from "@shangji/core/kit/ids";
import type { UserPool } from "@shangji/core/people/ports";
import type { SubjectStore } from "@shangji/core/protection/ports";
import type { Table } from "../dynamo/kit/client.ts";
import { identitiesIn } from "../dynamo/people/identities.ts";

/** A user's sign-in in the user pool, which holds their e-mail address. It lies outside of all backups of ours. */
export function signInOf({ table, pool }: { table: Table; pool: Pick<UserPool, "find" | "remove"> }): SubjectStore {
  const identities = identitiesIn(table);
  const subjectOf = async (id: string) => (entityOf(id) === "user" ? identities.subjectOf(id) : undefined);
  return {
    name: "signIn",
    async read({ id }) {
      const subject = await subjectOf(id);
      const person = subject === undefined ? undefined : await pool.find(subject);
      return person ? [person] : [];
    },
    async erase({ id }) {
      const subject = await subjectOf(id);
      if (subject !== undefined) await pool.remove(subject);
      return { items: subject === undefined ? 0 : 1 };
    },
  };
}
