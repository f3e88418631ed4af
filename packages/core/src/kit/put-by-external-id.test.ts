import type { Account } from "@shangji/contracts/accounts/schemas";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import fc from "fast-check";
import { expect, test } from "vitest";
import { putAccount } from "../accounts/put-account.ts";
import { createTeam } from "../people/create-team.ts";
import { createUser } from "../people/create-user.ts";
import { updateUser } from "../people/update-user.ts";
import { DomainError } from "./domain-error.ts";
import type { Stored } from "./record.ts";

const externalId = { source: "erp", id: "1" };
const world = () => ({ ...fakeStores(), context: testContext(), viewer: testViewer() });

test("I3 what a record has already is not written again, and keeps the team that it was written with", async () => {
  const deps = world();
  const [east, west] = [await createTeam({ name: "East" }, deps), await createTeam({ name: "West" }, deps)];
  const owner = await createUser({ name: "Lin", role: "rep", teamId: east.id }, deps);
  const fields = { name: "Acme", ownerId: owner.id, tags: ["a"] };
  const added = await putAccount({ externalId, fields }, deps);
  expect(added).toMatchObject({ isNew: true, record: { teamId: east.id, version: 1 } });
  await updateUser({ id: owner.id, patch: { teamId: west.id } }, deps);
  expect(await putAccount({ externalId, fields }, deps)).toEqual({
    isNew: false,
    isWritten: false,
    record: added.record,
  });
  const changed = await putAccount({ externalId, fields: { ...fields, region: "North" } }, deps);
  expect(changed.record).toMatchObject({ teamId: east.id, region: "North", version: 2 });
});

test("I3 whoever keeps losing to others is told so at last", async () => {
  const deps = world();
  await putAccount({ externalId, fields: { name: "Acme" } }, deps);
  let writes = 0;
  const accounts = {
    ...deps.accounts,
    update: async () => {
      writes += 1;
      throw new DomainError("conflict", "");
    },
  };
  const put = putAccount({ externalId, fields: { name: "Other" } }, { ...deps, accounts });
  await expect(put).rejects.toMatchObject({ code: "conflict" });
  expect(writes).toBe(5);
});

test("I3 a put that a change has overtaken keeps the change and adds its own", async () => {
  const deps = world();
  await putAccount({ externalId, fields: { name: "Acme" } }, deps);
  let isFirst = true;
  const accounts = {
    ...deps.accounts,
    async update(before: Stored<Account>, after: Stored<Account>) {
      const overtaken = isFirst;
      isFirst = false;
      if (overtaken) await putAccount({ externalId, fields: { region: "North" } }, deps);
      return deps.accounts.update(before, after);
    },
  };
  const { record } = await putAccount({ externalId, fields: { industry: "retail" } }, { ...deps, accounts });
  expect(record).toMatchObject({ name: "Acme", region: "North", industry: "retail", version: 3 });
});

test("I3 puts of any fields, one after the other, come to what they say, and every version has changed something", async () => {
  const text = fc.constantFrom("a", "b");
  const fields = fc.record(
    {
      name: text,
      region: fc.option(text),
      industry: fc.option(text),
      tags: fc.constantFrom<string[]>(["a"], ["a", "b"], []),
    },
    { requiredKeys: [] },
  );
  const property = fc.asyncProperty(fc.array(fields, { maxLength: 8 }), async (puts) => {
    const deps = world();
    const { record: first } = await putAccount({ externalId, fields: { name: "Acme" } }, deps);
    let expected: Record<string, unknown> = { name: first.name, tags: first.tags };
    let version = 1;
    for (const each of puts) {
      const after = Object.fromEntries(Object.entries({ ...expected, ...each }).filter(([, value]) => value !== null));
      if (JSON.stringify(Object.entries(after).sort()) !== JSON.stringify(Object.entries(expected).sort()))
        version += 1;
      expected = after;
      await putAccount({ externalId, fields: each }, deps);
    }
    const stored = await deps.accounts.get(first.id);
    expect(stored).toMatchObject({ ...expected, version });
    for (const field of ["region", "industry"] as const) expect(stored?.[field]).toBe(expected[field]);
  });
  await fc.assert(property, { numRuns: 100 });
});
