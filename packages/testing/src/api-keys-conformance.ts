import { newRecord } from "@shangji/core/kit/new-record";
import type { Stored } from "@shangji/core/kit/record";
import { revise } from "@shangji/core/kit/revise";
import type { ApiKeys, KeyRecord } from "@shangji/core/service-accounts/ports";
import { describe, expect, test } from "vitest";
import { testClock, testContext } from "./world.ts";

const account = (tail: string) => `svc_${tail.padStart(26, "0")}`;

/** What every store of API keys promises. `open` gives an empty one. */
export function apiKeysConformance(name: string, open: () => Promise<ApiKeys>): void {
  describe(name, () => {
    test("gives back what was created, field by field", async () => {
      const keys = await open();
      const key = maker().key();
      await keys.create(key);
      expect(await keys.get(key.id)).toEqual(key);
      expect(await keys.get("sk_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")).toBeUndefined();
    });

    test("lists the keys of one account, latest change first, page by page", async () => {
      const keys = await open();
      const { key, changed, clock } = maker();
      const made: Stored<KeyRecord>[] = [];
      for (const name of ["a", "b", "c"]) {
        clock.advance(1000);
        const one = key({ name });
        await keys.create(one);
        made.push(one);
      }
      await keys.create(key({ serviceAccountId: account("2") }));
      clock.advance(1000);
      const [oldest] = made as [Stored<KeyRecord>]; // three were made
      const revoked = changed(oldest, { revokedAt: clock.now().toISOString() });
      await keys.update(oldest, revoked);
      const first = await keys.list(account("1"), { limit: 2 });
      expect(first.items).toEqual([revoked, made[2]]);
      const second = await keys.list(account("1"), { limit: 2, after: first.next });
      expect(second).toEqual({ items: [made[1]] });
    });

    test("of two changes of one version, one wins and one meets a conflict", async () => {
      const keys = await open();
      const { key, changed } = maker();
      const before = key();
      await keys.create(before);
      await keys.update(before, changed(before, { name: "one" }));
      await expect(keys.update(before, changed(before, { name: "two" }))).rejects.toMatchObject({ code: "conflict" });
      expect((await keys.get(before.id))?.name).toBe("one");
    });

    test("a rotation changes the old key and adds the new one, or does neither", async () => {
      const keys = await open();
      const { key, changed } = maker();
      const before = key();
      await keys.create(before);
      const successor = key();
      const after = changed(before, { successorId: successor.id });
      await keys.rotate({ before, after, successor });
      expect(await keys.get(before.id)).toEqual(after);
      expect(await keys.get(successor.id)).toEqual(successor);
      const late = key();
      await expect(keys.rotate({ before, after, successor: late })).rejects.toMatchObject({ code: "conflict" });
      expect(await keys.get(late.id)).toBeUndefined();
    });
  });
}

function maker() {
  const clock = testClock();
  const stamp = { context: testContext({ clock }), command: "test" };
  const usual = {
    serviceAccountId: account("1"),
    name: "Nightly run",
    scopes: ["account:read", "account:write"] satisfies KeyRecord["scopes"],
    hash: "c2hhMjU2",
    expiresAt: "2027-01-01T00:00:00.000Z",
  };
  return {
    clock,
    key: (fields: Partial<KeyRecord> = {}) => newRecord<KeyRecord>("apiKey", { ...usual, ...fields }, stamp),
    changed: (before: Stored<KeyRecord>, patch: Partial<KeyRecord>) => revise(before, patch, stamp),
  };
}
