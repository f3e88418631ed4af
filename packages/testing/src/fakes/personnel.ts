import type { Deactivation, User } from "@shangji/contracts/people/schemas";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { RecordStore } from "@shangji/core/kit/record";
import type { Personnel, Witness } from "@shangji/core/people/ports";

/** Writes on users in memory. They are proven equal to the real ones by the conformance suite. */
export function fakePersonnel(users: RecordStore<User>, deactivations: RecordStore<Deactivation>): Personnel {
  async function assertUnchanged(witness: Witness): Promise<void> {
    if (witness && (await users.get(witness.id))?.version !== witness.version) {
      throw new DomainError("conflict", "The record was changed at the same time.");
    }
  }
  return {
    async change({ before, after, witness }) {
      await assertUnchanged(witness);
      await users.update(before, after);
    },
    async deactivate({ before, after, witness, deactivation }, claim) {
      await assertUnchanged(witness);
      await users.update(before, after, claim);
      await deactivations.create(deactivation);
    },
  };
}
