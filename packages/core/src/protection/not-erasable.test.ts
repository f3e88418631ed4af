import type { HoldingKind } from "@shangji/contracts/people/schemas";
import { expect, test } from "vitest";
import { notErasable } from "./not-erasable.ts";
import type { SubjectRecord } from "./ports.ts";

const user = { id: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", name: "Anna", active: false } as SubjectRecord;
/** Somebody who has one of each of these kinds. */
const with_ = (...kinds: HoldingKind[]) => ({
  list: async (kind: HoldingKind) => ({ items: kinds.includes(kind) ? [{ id: "x", name: "x" } as never] : [] }),
});

test("H7 a user is erased once deactivated and without anything of theirs", async () => {
  expect(await notErasable(user, with_())).toBeUndefined();
  expect(await notErasable({ ...user, active: true }, with_())).toMatch(/not deactivated/);
  expect(await notErasable({ id: user.id, name: "Anna" } as SubjectRecord, with_())).toMatch(/not deactivated/);
});

test.each(["account", "contact", "opportunity", "lead", "team"] as const)(
  "H7 not while they have a %s",
  async (kind) => {
    expect(await notErasable(user, with_(kind))).toMatch(/hand them over/);
  },
);

test("H7 a page without records that has others after it tells of some", async () => {
  const list = async () => ({ items: [], next: { id: "x" } });
  expect(await notErasable(user, { list })).toMatch(/hand them over/);
});

test("H7 what has begun is finished, and contacts and leads need no leave", async () => {
  expect(await notErasable({ ...user, active: true, erasure: "dsr_1" }, with_("account"))).toBeUndefined();
  const contact = { id: "con_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", name: "Li" } as SubjectRecord;
  expect(await notErasable(contact, with_("account"))).toBeUndefined();
});
