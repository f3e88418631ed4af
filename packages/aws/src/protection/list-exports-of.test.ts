import { Readable } from "node:stream";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { sampleContact, sampleExport } from "@shangji/contracts/samples/records";
import type { ExportRecord } from "@shangji/core/exports/ports";
import type { StorePosition } from "@shangji/core/protection/ports";
import { testClock } from "@shangji/testing/world";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exportFilesIn } from "../exports/export-files.ts";
import { listExportsOf } from "./list-exports-of.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const subject = { id: sampleContact.id, traits: { name: "欧阳" } };
const change = {
  actorId: "usr_1",
  at: sampleExport.createdAt,
  command: "test",
  source: "api",
  requestId: "r",
} as const;

/** Exports in the order of their last change, and objects by key. */
function world(orders: Partial<ExportRecord>[], objects: Record<string, string>) {
  const clock = testClock("2026-11-02T09:00:00.000Z");
  const kept = orders.map(
    (order, index): ExportRecord => ({ ...sampleExport, entity: "contact", change, ...order, id: `exp_${index}` }),
  );
  const files = new Map(Object.entries(objects));
  const send = async (command: object) => {
    if (command instanceof ListObjectsV2Command)
      return {
        Contents: [...files.keys()].filter((Key) => Key.startsWith(command.input.Prefix ?? "")).map((Key) => ({ Key })),
      };
    if (command instanceof GetObjectCommand)
      return { Body: Readable.from([Buffer.from(files.get(command.input.Key ?? "") ?? "")]) };
    if (command instanceof DeleteObjectCommand) return files.delete(command.input.Key ?? "");
    throw new Error("nothing else is asked of S3");
  };
  const bucket = { name: "b", client: { send } as never };
  const sorted = () => kept.toSorted((left, right) => (left.updatedAt < right.updatedAt ? -1 : 1));
  const exports = {
    async changedSince(_: string, { after }: { after?: { at?: string } | undefined }) {
      const left = sorted().filter(({ updatedAt }) => updatedAt > (after?.at ?? ""));
      const [first] = left;
      return { items: left.slice(0, 1), ...(left.length > 1 && first ? { next: { at: first.updatedAt } } : {}) };
    },
    async update(_: ExportRecord, after: ExportRecord) {
      kept[kept.findIndex(({ id }) => id === after.id)] = after;
    },
  };
  // Nobody was merged into this person.
  const table = { name: "t", client: { send: async () => ({ Item: {} }) } as never };
  const store = listExportsOf({ table, bucket, exports: exports as never, files: exportFilesIn(bucket), clock });
  return { store, kept, files, clock };
}

async function eraseAll(
  { store }: ReturnType<typeof world>,
  beforeEachPiece: (piece: number) => void = () => undefined,
) {
  let position: StorePosition | undefined;
  let items = 0;
  for (let piece = 0; ; piece++) {
    beforeEachPiece(piece);
    const erasing = store.erase(subject, position);
    await vi.runAllTimersAsync();
    const done = await erasing;
    items += done.items;
    if (!done.next) return { items, pieces: piece + 1 };
    position = done.next;
  }
}

const completed = { status: "completed", expiresAt: "2026-11-09T00:00:00.000Z" } as const;

test("H7 an erasure removes files of contacts or leads that hold the person, by id or by name, and their pieces", async () => {
  const made = world(
    [
      { ...completed, updatedAt: "2026-11-02T08:00:01.000Z" },
      { ...completed, updatedAt: "2026-11-02T08:00:02.000Z" },
      { ...completed, updatedAt: "2026-11-02T08:00:03.000Z", entity: "account" },
      { status: "failed", updatedAt: "2026-11-02T08:00:04.000Z" },
      { ...completed, updatedAt: "2026-11-02T08:00:05.000Z", entity: "lead" },
    ],
    {
      "exports/exp_0/export.csv": `recordId,title\r\n${subject.id},x\r\n`,
      "exports/exp_1/export.csv": "recordId,name\r\ncon_other,Somebody\r\n",
      "exports/exp_2/export.csv": "recordId,name\r\nacc_1,欧阳\r\n",
      "exports/exp_3/parts/000002-a.part": "con_other,欧阳\r\n",
      "exports/exp_4/export.csv": "recordId,name\r\nlead_other,欧阳\r\n",
    },
  );
  expect(await made.store.read(subject)).toEqual([{ exportId: "exp_0" }, { exportId: "exp_3" }, { exportId: "exp_4" }]);
  expect((await eraseAll(made)).items).toBe(3);
  expect([...made.files.keys()]).toEqual(["exports/exp_1/export.csv", "exports/exp_2/export.csv"]);
  expect(made.kept[0]).toMatchObject({ expiresAt: made.clock.now().toISOString(), version: sampleExport.version + 1 });
  expect(made.kept[1]).toMatchObject(completed);
});

test("H7 an erasure waits for an export that is being written, and finds its file where it has gone in the list", async () => {
  const running = { status: "running", createdAt: "2026-11-02T08:30:00.000Z" } as const;
  const made = world(
    [
      { ...running, updatedAt: "2026-11-02T08:30:00.000Z" },
      { ...running, updatedAt: "2026-11-02T08:30:01.000Z" },
    ],
    {},
  );
  const finish = (index: number, at: string) => {
    made.kept[index] = { ...(made.kept[index] as ExportRecord), ...completed, updatedAt: at };
    made.files.set(`exports/exp_${index}/export.csv`, subject.id);
  };
  const { items } = await eraseAll(made, (piece) => {
    // The second one ends while the first is waited for.
    if (piece === 2) finish(1, "2026-11-02T08:31:00.000Z");
    if (piece === 4) finish(0, "2026-11-02T08:32:00.000Z");
  });
  expect(items).toBe(2);
  expect(made.files.size).toBe(0);
});

test("H7 an export whose job is lost does not hold up an erasure for ever", async () => {
  const made = world(
    [{ status: "running", createdAt: "2026-10-31T08:00:00.000Z", updatedAt: "2026-10-31T08:00:00.000Z" }],
    {
      "exports/exp_0/parts/000002-a.part": subject.id,
    },
  );
  expect(await eraseAll(made)).toEqual({ items: 1, pieces: 1 });
  expect(made.files.size).toBe(0);
});
