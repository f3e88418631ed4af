import fc from "fast-check";
import { expect, test } from "vitest";
import { answeredAt, isTouch, type TouchNote, touchedAt } from "./touch.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2) + minutes * 60_000).toISOString();
const call = (fields: Partial<TouchNote> = {}): TouchNote => ({
  authorId: "usr_1",
  channel: "call",
  happenedAt: at(0),
  createdAt: at(0),
  ...fields,
});

test("B4 a note with a channel or an outcome is a touch, and any other a remark", () => {
  expect(isTouch({ channel: "meeting" })).toBe(true);
  expect(isTouch({ outcome: "no_answer" })).toBe(true);
  expect(isTouch({ channel: "mail", outcome: "replied" })).toBe(true);
  expect(isTouch({})).toBe(false);
});

test("B4 neither a remark nor what a machine writes touches anything", () => {
  for (const note of [call({ channel: undefined }), call({ authorId: "svc_1" })]) {
    expect(touchedAt(note)).toBeUndefined();
    expect(answeredAt(note, at(-60))).toBeUndefined();
  }
});

test("B6 somebody was in touch when they say so, and not after they wrote it down", () => {
  expect(touchedAt(call({ happenedAt: at(-90) }))).toBe(at(-90));
  expect(touchedAt(call({ happenedAt: at(4) }))).toBe(at(0));
  expect(touchedAt(call({ happenedAt: undefined }))).toBe(at(0));
});

test("B4 an answer counts from when it was written, whenever it is said to have happened", () => {
  expect(answeredAt(call({ happenedAt: at(-60) }), at(-90))).toBe(at(0));
  expect(answeredAt(call({ happenedAt: at(4) }), at(-90))).toBe(at(0));
});

test("B4 what happened or was written before somebody had the record is no answer of theirs; clocks have five minutes of leeway", () => {
  expect(answeredAt(call({ happenedAt: at(-60) }), at(-10))).toBeUndefined();
  expect(answeredAt(call(), at(1))).toBeUndefined();
  expect(answeredAt(call({ happenedAt: at(-15) }), at(-10))).toBe(at(0));
  expect(answeredAt(call({ happenedAt: at(-15.01) }), at(-10))).toBeUndefined();
});

test("B4 whatever its author says of the time, nobody answers earlier than they write, or before they had it", () => {
  const minutes = fc.integer({ min: -50_000, max: 50_000 });
  fc.assert(
    fc.property(minutes, minutes, minutes, (happened, written, since) => {
      const note = call({ happenedAt: at(happened), createdAt: at(written) });
      const answered = answeredAt(note, at(since));
      expect([undefined, note.createdAt]).toContain(answered);
      if (answered !== undefined) expect(answered >= at(since)).toBe(true);
      expect(String(touchedAt(note)) <= note.createdAt).toBe(true);
    }),
  );
});
