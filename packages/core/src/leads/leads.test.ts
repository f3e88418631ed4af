import { Lead } from "@shangji/contracts/leads/schemas";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testContext, testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { createContact } from "../contacts/create-contact.ts";
import { createTeam } from "../people/create-team.ts";
import { createUser } from "../people/create-user.ts";
import { createLead } from "./create-lead.ts";
import { deleteLead } from "./delete-lead.ts";
import { putLead } from "./put-lead.ts";
import { restoreLead } from "./restore-lead.ts";
import { listLeadTransitions, transitionLead } from "./transition-lead.ts";
import { leadMoves } from "./transition-rules.ts";
import { updateLead } from "./update-lead.ts";

async function world() {
  const stores = fakeStores();
  const deps = { ...stores, context: testContext(), viewer: testViewer() };
  const team = await createTeam({ name: "East" }, deps);
  const owner = await createUser({ name: "林晓", role: "rep", teamId: team.id }, deps);
  const add = (fields: object = {}) => createLead({ name: "陈静", tags: [], ...fields }, deps);
  return { deps, team, owner, add };
}

describe("B1 a lead", () => {
  test("is new and nobody's, or somebody's and assigned", async () => {
    const { add, owner, team } = await world();
    expect(await add()).toMatchObject({ status: "new", version: 1 });
    const given = await add({ ownerId: owner.id });
    expect(given).toMatchObject({ status: "assigned", ownerId: owner.id, teamId: team.id });
    expect(Lead.parse(given).statusChangedAt).toBe(given.createdAt);
  });

  test("is assigned with its first owner and new again without one", async () => {
    const { add, owner, team, deps } = await world();
    const { id } = await add();
    const assigned = await updateLead({ id, patch: { ownerId: owner.id } }, deps);
    expect(assigned).toMatchObject({ status: "assigned", ownerId: owner.id, teamId: team.id });
    const taken = await updateLead({ id, patch: { ownerId: null } }, deps);
    expect(taken.status).toBe("new");
    expect([taken.ownerId, taken.teamId]).toEqual([undefined, undefined]);
  });

  test("stays in work, or out of it, whoever has it", async () => {
    const { add, owner, deps } = await world();
    const other = await createUser({ name: "韩梅梅", role: "rep" }, deps);
    const { id } = await add({ ownerId: owner.id });
    await transitionLead({ id, request: { to: "working" } }, deps);
    expect(await updateLead({ id, patch: { ownerId: other.id } }, deps)).toMatchObject({ status: "working" });
    await transitionLead({ id, request: { to: "disqualified", reason: "no budget" } }, deps);
    expect(await updateLead({ id, patch: { ownerId: null } }, deps)).toMatchObject({ status: "disqualified" });
  });

  test("names leads and contacts that are alike, and a change names only what it brings", async () => {
    const { add, deps } = await world();
    const contact = await createContact({ name: "陈静", email: "jing@example.com", tags: [] }, deps);
    const first = await add({ email: "Jing@Example.com", phone: "138 0013 8000" });
    expect(first.duplicates).toEqual([{ id: contact.id, name: "陈静", matchedBy: ["email"] }]);
    const second = await add({ phone: "+8613800138000" });
    expect(second.duplicates?.map(({ id }) => id)).toEqual([first.id]);
    const changed = await updateLead({ id: second.id, patch: { email: "jing@example.com" } }, deps);
    expect(changed.duplicates?.map(({ id }) => id).sort()).toEqual([contact.id, first.id].sort());
    expect((await updateLead({ id: second.id, patch: { title: "CTO" } }, deps)).duplicates).toBeUndefined();
  });

  test("is refused where the policy refuses one like another lead, never for being like a contact", async () => {
    const { add, deps } = await world();
    const refuse = { email: "refuse", phone: "refuse" } as const;
    const policy = { account: { name: "warn", phone: "warn" }, contact: refuse, lead: refuse, version: 1 } as const;
    await deps.duplicates.policies.save(policy as never); // a policy as it is stored
    await createContact({ name: "陈静", email: "jing@example.com", tags: [] }, deps);
    const first = await add({ email: "jing@example.com" });
    await expect(add({ email: "jing@example.com" })).rejects.toMatchObject({
      code: "duplicate",
      failures: [{ id: first.id }],
    });
  });

  test("is put by its external id, deleted and restored", async () => {
    const { deps } = await world();
    const externalId = { source: "ads", id: "1" };
    const { record, isNew } = await putLead({ externalId, fields: { name: "陈静" } }, deps);
    expect(isNew).toBe(true);
    const again = await putLead({ externalId, fields: { name: "陈静", company: "云帆" } }, deps);
    expect(again).toMatchObject({ isNew: false, record: { id: record.id, company: "云帆" } });
    await deleteLead({ id: record.id, expectedVersion: 2 }, deps);
    expect(await deps.leads.get(record.id)).toBeUndefined();
    expect(await restoreLead({ id: record.id }, deps)).toMatchObject({ status: "new", version: 4 });
  });

  test("comes back as nobody's when whoever had it has been deactivated, and stays theirs when it has ended", async () => {
    const { add, owner, deps } = await world();
    const [open, ended] = [await add({ ownerId: owner.id }), await add({ ownerId: owner.id })];
    await transitionLead({ id: ended.id, request: { to: "disqualified", reason: "spam" } }, deps);
    for (const { id } of [open, ended]) await deleteLead({ id }, deps);
    const user = await deps.users.get(owner.id);
    if (!user) throw new Error("just added");
    await deps.users.update(user, { ...user, active: false, version: user.version + 1 });
    const back = await restoreLead({ id: open.id }, deps);
    expect(back).toMatchObject({ status: "new", statusChangedAt: back.updatedAt });
    expect([back.ownerId, back.teamId]).toEqual([undefined, undefined]);
    expect(await restoreLead({ id: ended.id }, deps)).toMatchObject({ status: "disqualified", ownerId: owner.id });
  });
});

describe("B1 a move of a lead", () => {
  const statuses = Lead.shape.status.options;

  test.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    "from %s to %s happens if it is one of the moves, with owner and reason",
    async (from, to) => {
      const { add, owner, deps } = await world();
      const { id } = await add({ ownerId: owner.id });
      const before = await deps.leads.get(id);
      if (!before) throw new Error("just added");
      await deps.leads.update(before, { ...before, status: from, version: 2 });
      const move = transitionLead({ id, request: { to, reason: "x" } }, deps);
      const isMove = leadMoves.some((each) => each.from === from && each.to === to);
      if (isMove) expect(await move).toMatchObject({ status: to, version: 3 });
      else await expect(move).rejects.toMatchObject({ code: from === "pooled" ? "pooled" : "transition_refused" });
      // Neither is a step: one makes other records, the other needs a pool.
      if (to === "converted" || to === "pooled") expect(isMove).toBe(false);
    },
  );

  test("names every rule that stands against it", async () => {
    const { add, deps, owner } = await world();
    const { id } = await add();
    const refused = (request: object) =>
      transitionLead({ id, request: request as never }, deps).catch(
        (
          { failures }, // the schema's own
        ) => (failures as { rule: string }[]).map(({ rule }) => rule),
      );
    expect(await refused({ to: "assigned" })).toEqual(["owner_required"]);
    expect(await refused({ to: "disqualified" })).toEqual(["reason_required"]);
    expect(await refused({ to: "new" })).toEqual(["same_status"]);
    expect(await refused({ to: "working" })).toEqual(["not_a_transition"]);
    await transitionLead({ id, request: { to: "disqualified", reason: "spam" } }, deps);
    expect(await refused({ to: "new", ownerId: owner.id })).toEqual(["owner_not_allowed"]);
  });

  test("gives the lead to whom it names, keeps the reason of an end, and forgets it afterwards", async () => {
    const { add, deps, owner, team } = await world();
    const { id } = await add();
    const assigned = await transitionLead({ id, request: { to: "assigned", ownerId: owner.id } }, deps);
    expect(assigned).toMatchObject({ ownerId: owner.id, teamId: team.id });
    const ended = await transitionLead({ id, request: { to: "disqualified", reason: "no budget" } }, deps);
    expect(ended).toMatchObject({ statusReason: "no budget", change: { reason: "no budget" } });
    const again = await transitionLead({ id, request: { to: "new" } }, deps);
    expect([again.statusReason, again.ownerId, again.teamId]).toEqual([undefined, undefined, undefined]);
  });

  test("is offered with what it still lacks", async () => {
    const { add, deps } = await world();
    const { id } = await add();
    expect(await listLeadTransitions({ id }, deps)).toMatchObject({
      status: "new",
      items: [
        { to: "assigned", requiresOwner: true, blockedBy: [{ rule: "owner_required" }] },
        { to: "disqualified", requiresReason: true, blockedBy: [{ rule: "reason_required" }] },
      ],
    });
  });
});
