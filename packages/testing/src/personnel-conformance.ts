import type { Deactivation, User } from "@shangji/contracts/people/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import type { Personnel, Users } from "@shangji/core/people/ports";
import { describe, expect, test } from "vitest";
import { testContext } from "./world.ts";

interface PersonnelWorld {
  users: Users;
  personnel: Personnel;
  deactivation(id: string): Promise<Stored<Deactivation> | undefined>;
}

/** What every `Personnel` promises. `open` gives an empty organisation. */
export function personnelConformance(name: string, open: () => Promise<PersonnelWorld>): void {
  const context = testContext();
  const stamp = { context, command: "test" };
  const nobody = { account: null, contact: null, opportunity: null, lead: null, team: null };

  async function world() {
    const stores = await open();
    const add = async (fields: Partial<User> = {}) => {
      const user = newRecord<User>("user", { name: "Lin", role: "admin", active: true, ...fields }, stamp);
      await stores.users.create(user);
      return user;
    };
    const touch = async (user: Stored<User>) => {
      const after = revise(user, { name: "Touched" }, stamp);
      await stores.users.update(user, after);
    };
    const leavingOf = (before: Stored<User>) => {
      const fields = { userId: before.id, handOverTo: nobody, closedOpportunities: "stay", status: "running" } as const;
      const deactivation = newRecord<Deactivation>("deactivation", { ...fields, reason: null, failure: null }, stamp);
      const after = revise(before, { active: false, deactivationId: deactivation.id }, stamp);
      return { before, after, deactivation };
    };
    return { ...stores, add, touch, leavingOf };
  }

  describe(name, () => {
    test("a change is written if nobody has changed the user or the witness", async () => {
      const { users, personnel, add, touch } = await world();
      const [before, witness] = [await add(), await add()];
      const after = revise(before, { role: "rep", email: "lin@example.com" }, stamp);
      await personnel.change({ before, after, witness });
      expect(await users.get(before.id)).toEqual(after);
      expect(await users.findByUnique("email", ["lin@example.com"])).toEqual(new Map([["lin@example.com", before.id]]));
      const again = personnel.change({ before, after, witness: undefined });
      await expect(again).rejects.toMatchObject({ code: "conflict" });
      await touch(witness);
      const later = personnel.change({ before: after, after: revise(after, { name: "X" }, stamp), witness });
      await expect(later).rejects.toMatchObject({ code: "conflict" });
      expect(await users.get(before.id)).toEqual(after);
    });

    test("an e-mail that is taken is told from a change at the same time", async () => {
      const { personnel, add } = await world();
      await add({ email: "lin@example.com" });
      const [before, witness] = [await add(), await add()];
      const after = revise(before, { email: "LIN@example.com" }, stamp);
      const taking = personnel.change({ before, after, witness });
      await expect(taking).rejects.toMatchObject({ code: "duplicate_value" });
    });

    test("a user is locked out together with the order of what follows, or not at all", async () => {
      const { users, personnel, deactivation, add, touch, leavingOf } = await world();
      const [before, witness] = [await add(), await add()];
      const leaving = leavingOf(before);
      await touch(witness);
      const refused = personnel.deactivate({ ...leaving, witness });
      await expect(refused).rejects.toMatchObject({ code: "conflict" });
      expect(await users.get(before.id)).toEqual(before);
      expect(await deactivation(leaving.deactivation.id)).toBeUndefined();
      await personnel.deactivate({ ...leaving, witness: undefined });
      expect(await users.get(before.id)).toEqual(leaving.after);
      expect(await deactivation(leaving.deactivation.id)).toEqual(leaving.deactivation);
    });

    test("a claim that is taken leaves the user as they are", async () => {
      const { users, personnel, add, leavingOf } = await world();
      const claim = { key: "k", fingerprint: "f", at: context.clock.now() };
      const [first, second] = [await add(), await add()];
      await personnel.deactivate({ ...leavingOf(first), witness: undefined }, claim);
      const repeated = personnel.deactivate({ ...leavingOf(second), witness: undefined }, claim);
      await expect(repeated).rejects.toMatchObject({ code: "idempotency_in_progress" });
      expect(await users.get(second.id)).toEqual(second);
    });
  });
}
