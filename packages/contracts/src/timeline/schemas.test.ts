import { expect, test } from "vitest";
import { NewNote, NotePatch } from "./schemas.ts";

test("G1 a note says by what channel and with what outcome somebody was in touch, in words that are known", () => {
  const isTaken = (fields: object) => NewNote.safeParse({ text: "x", ...fields }).success;
  expect(isTaken({})).toBe(true);
  expect(isTaken({ channel: "call" })).toBe(true);
  expect(isTaken({ outcome: "left_message", happenedAt: "2026-11-05T02:10:00Z" })).toBe(true);
  expect(isTaken({ channel: "fax" })).toBe(false);
  expect(isTaken({ outcome: "great" })).toBe(false);
  expect(isTaken({ channel: "call", happenedAt: "yesterday" })).toBe(false);
});

test("G1 only a follow-up says when it happened", () => {
  const remark = NewNote.safeParse({ text: "x", happenedAt: "2026-11-05T02:10:00Z" });
  expect(remark.error?.issues).toMatchObject([{ path: ["happenedAt"], message: "needs a channel or an outcome" }]);
});

test("G1 a patch clears a channel or an outcome, and never says when it happened", () => {
  expect(NotePatch.safeParse({ channel: null, outcome: "replied" }).success).toBe(true);
  expect(NotePatch.safeParse({ text: null }).success).toBe(false);
  expect(NotePatch.safeParse({ happenedAt: "2026-11-05T02:10:00Z" }).success).toBe(false);
});
