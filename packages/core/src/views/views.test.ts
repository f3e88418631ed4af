import type { NewView } from "@shangji/contracts/views/schemas";
import { fakeViews } from "@shangji/testing/fakes/views";
import { testContext, testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { defaultRules } from "../access/default-policy.ts";
import type { Viewer } from "../access/viewer.ts";
import { createView } from "./create-view.ts";
import { getView } from "./get-view.ts";
import { listViews } from "./list-views.ts";
import { deleteView, updateView } from "./update-view.ts";

const context = testContext();
const maker = testViewer({ userId: "usr_1", role: "rep", teamId: "team_1" });
const mate = testViewer({ userId: "usr_2", role: "rep", teamId: "team_1" });
const leader = testViewer({ userId: "usr_3", role: "manager", teamId: "team_0", ledTeamIds: ["team_1"] });
const stranger = testViewer({ userId: "usr_4", role: "rep", teamId: "team_2" });
const admin = testViewer({ userId: "usr_5", role: "admin" });
const blind: Viewer = {
  ...mate,
  rules: { ...defaultRules, fields: { rep: { opportunity: { amountMinor: "hidden" } } } },
};

function world() {
  const views = fakeViews();
  const as = (viewer: Viewer) => ({ views, viewer, context: { ...context, actor: viewer.actor }, zone: "UTC" });
  const make = (input: Partial<NewView> = {}, viewer = maker) =>
    createView({ entity: "opportunity", name: "Mine", sharedWith: "nobody", ...input }, as(viewer));
  return { as, make };
}

describe("A4 a view", () => {
  test.each([
    ["nobody", [maker, admin], [mate, leader, stranger]],
    ["team", [maker, mate, leader, admin], [stranger]],
    ["all", [maker, mate, leader, stranger, admin], []],
  ] as const)("shared with %s is there for those, and for nobody else", async (sharedWith, seers, others) => {
    const { as, make } = world();
    const view = await make({ sharedWith });
    for (const viewer of seers) expect(await getView(view, as(viewer))).toEqual(view);
    for (const viewer of others) {
      await expect(getView(view, as(viewer))).rejects.toMatchObject({ code: "not_found" });
      await expect(updateView({ id: view.id, patch: {} }, as(viewer))).rejects.toMatchObject({ code: "not_found" });
      await expect(deleteView({ id: view.id }, as(viewer))).rejects.toMatchObject({ code: "not_found" });
      expect((await listViews({ limit: 10 }, as(viewer))).items).toEqual([]);
    }
    // Admins see what is nobody else's by its id, and not among their own.
    for (const viewer of seers.filter((each) => each !== admin || sharedWith === "all")) {
      expect((await listViews({ limit: 10 }, as(viewer))).items).toEqual([view]);
    }
  });

  test("is changed and deleted by its owner and by admins, on its version", async () => {
    const { as, make } = world();
    const view = await make({ sharedWith: "all", sort: "name" });
    const patch = { name: "Ours", sort: null } as const;
    await expect(updateView({ id: view.id, patch }, as(mate))).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteView({ id: view.id }, as(mate))).rejects.toMatchObject({ code: "forbidden" });
    const changed = await updateView({ id: view.id, patch, expectedVersion: 1 }, as(maker));
    expect(changed).toMatchObject({ name: "Ours", version: 2, ownerId: "usr_1" });
    expect(changed).not.toHaveProperty("sort");
    const stale = updateView({ id: view.id, patch, expectedVersion: 1 }, as(maker));
    await expect(stale).rejects.toMatchObject({ code: "stale_version" });
    const byAdmin = await updateView({ id: view.id, patch: { sharedWith: "team" }, expectedVersion: 2 }, as(admin));
    // It stays the owner's, and with the owner's team.
    expect(byAdmin).toMatchObject({ ownerId: "usr_1", ownerTeamId: "team_1", sharedWith: "team" });
    await deleteView({ id: view.id, expectedVersion: 3 }, as(admin));
    await expect(getView(view, as(maker))).rejects.toMatchObject({ code: "not_found" });
  });

  test("is saved only by whoever could ask its question", async () => {
    const { as, make } = world();
    const refused = (input: Partial<NewView>, viewer = maker) => expect(make(input, viewer)).rejects;
    await refused({ filter: { all: [{ field: "colour", eq: "x" }] } }).toMatchObject({
      errors: [{ pointer: "/body/filter/all/0/field" }],
    });
    await refused({ sort: "-tags" }).toMatchObject({ errors: [{ pointer: "/body/sort" }] });
    await refused({ fields: ["name", "colour"] }).toMatchObject({ errors: [{ pointer: "/body/fields/1" }] });
    await refused({ entity: "account", filter: { field: "stageId", eq: "x" } }).toMatchObject({
      errors: [{ pointer: "/body/filter/field" }],
    });
    await refused({ sort: "amountMinor" }, blind).toMatchObject({ errors: [{ message: "is not a known field" }] });
    await refused({ sharedWith: "team" }, testViewer({ role: "rep" })).toMatchObject({
      errors: [{ pointer: "/body/sharedWith" }],
    });
    const { id } = await make();
    const patch = { filter: { field: "colour", eq: "x" } };
    await expect(updateView({ id, patch }, as(maker))).rejects.toMatchObject({
      errors: [{ pointer: "/body/filter/field" }],
    });
  });

  test("H2 shows whoever may not see one of its fields nothing of it", async () => {
    const { as, make } = world();
    const secret = { filter: { any: [{ not: { field: "amountMinor", gte: 777 } }] }, fields: ["amountMinor", "name"] };
    const { id } = await make({ ...secret, sort: "-updatedAt", sharedWith: "all" });
    const [listed] = (await listViews({ limit: 10 }, as(blind))).items;
    for (const view of [await getView({ id }, as(blind)), listed]) {
      expect(view).toMatchObject({ id, restricted: true, fields: ["name"] });
      expect(JSON.stringify(view)).not.toMatch(/777|amountMinor/);
    }
    expect(await getView({ id }, as(mate))).toMatchObject({ ...secret, sort: "-updatedAt" });
  });

  test("of records that a caller may not read is not there for the caller", async () => {
    const { as, make } = world();
    const { id } = await make({ sharedWith: "all" });
    const nothing = { read: "none", create: "none", update: "none", delete: "none" } as const;
    const { roles } = defaultRules;
    const shutOut = { ...mate, rules: { roles: { ...roles, rep: { ...roles.rep, opportunity: nothing } } } };
    await expect(getView({ id }, as(shutOut))).rejects.toMatchObject({ code: "not_found" });
    await expect(make({}, shutOut)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("H8 a key uses and saves views of what its scopes reach", async () => {
    const { as, make } = world();
    const { id } = await make({ sharedWith: "all" });
    const key = (scopes: string[]) => testViewer({ userId: "svc_1", role: "integration", scopes });
    expect(await getView({ id }, as(key(["view:read", "opportunity:read"])))).toMatchObject({ id });
    await expect(getView({ id }, as(key(["view:read", "account:read"])))).rejects.toMatchObject({ code: "not_found" });
    await expect(make({}, key(["view:write", "account:read"]))).rejects.toMatchObject({ code: "forbidden" });
  });
});
