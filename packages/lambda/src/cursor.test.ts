import { expect, test } from "vitest";
import { cursorsFor } from "./cursor.ts";

const secret = async () => new Uint8Array(32).fill(7);
const binding = { route: "listAccounts", query: { limit: 50 }, userId: "usr_1" };
const position = { at: "2026-11-02T08:30:00.000Z", pk: "acc_1", lane: 0 };

test("a cursor gives its position back", async () => {
  const cursors = cursorsFor(secret, binding);
  expect(await cursors.decode(await cursors.encode(position))).toEqual(position);
});

test.each([
  ["another route", { ...binding, route: "listContacts" }],
  ["another query", { ...binding, query: { limit: 51 } }],
  ["another caller", { ...binding, userId: "usr_2" }],
])("a cursor is refused for %s", async (_, other) => {
  const cursor = await cursorsFor(secret, binding).encode(position);
  await expect(cursorsFor(secret, other).decode(cursor)).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("a cursor is refused under another secret", async () => {
  const cursor = await cursorsFor(secret, binding).encode(position);
  const other = cursorsFor(async () => new Uint8Array(32), binding);
  await expect(other.decode(cursor)).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("a cursor with any character changed, cut or added is refused", async () => {
  const cursors = cursorsFor(secret, binding);
  const cursor = await cursors.encode(position);
  const forged = Buffer.from(JSON.stringify({ ...position, pk: "acc_2" })).toString("base64url");
  const wrong = [
    forged,
    `${forged}.${cursor}`,
    `x${cursor}`,
    `${cursor}x`,
    `${cursor}.x`,
    `${cursor}=`,
    cursor.slice(0, -2),
    cursor.slice(0, 38),
    ".",
    "",
    "€.€",
  ];
  for (let index = 0; index < cursor.length; index++) {
    for (const other of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
      if (other !== cursor[index]) wrong.push(`${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`);
    }
  }
  for (const text of wrong) await expect(cursors.decode(text)).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("H2 a cursor tells nothing of the place at which a page has ended, and is the same for the same place", async () => {
  const cursors = cursorsFor(secret, binding);
  const cursor = await cursors.encode(position);
  const read = Buffer.from(cursor, "base64url").toString("latin1") + Buffer.from(cursor, "base64").toString("latin1");
  for (const text of ["2026-11", "acc_1", "lane", "usr_1"]) expect(read).not.toContain(text);
  expect(await cursors.encode(position)).toBe(cursor);
  expect(await cursorsFor(secret, { ...binding, userId: "usr_2" }).encode(position)).not.toBe(cursor);
});
