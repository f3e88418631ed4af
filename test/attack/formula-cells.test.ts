import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fetchExport } from "../../scripts/exports/run-export.ts";
import { runImport } from "../../scripts/imports/run-import.ts";
import { clientOf } from "../e2e/api.ts";
import { exportOf } from "../e2e/export-file.ts";

const admin = clientOf("admin");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-formulas-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a spreadsheet runs, and what hides it from whoever looks at the first character only. */
const signs = ["=", "+", "-", "@", "＝", "＋", "－", "＠"];
const blinds = ["", "\u200b", "\u2060", "\u00ad", "\u202e", "'", "''", "\u200b \u00a0"];
/** Fewer than the others, so that in turns each of them follows each sign and each blind. */
const payloads = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.test","a")', 'SUM(1,2);"x"', "12.5", "x;=1+1;y"];

/** Leading blanks, TAB, CR and LF do not get as far as a record: the API takes or refuses them before. */
const trimmed = ["\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000@x", "\ufeff=1+1"];

/** How a spreadsheet begins to run a cell, once it has passed over what is not to be seen. */
const runs = /^[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]/u;
const isNumber = (cell: string) => /^-\d+(\.\d+)?$/.test(cell);

const kinds = [
  ["contact", "contacts", "batchContacts"],
  ["lead", "leads", "batchLeads"],
] as const;

test.each(kinds)(
  "attack 13: names of a %s that a spreadsheet would run are inert in the file, and come back as they were",
  async (entity, entities, batch) => {
    const mark = randomUUID().slice(0, 8);
    const names = blinds.flatMap((blind, row) =>
      signs.map((sign, column) => `${blind}${sign}${payloads[(row + column) % payloads.length]}`),
    );
    for (let at = 0; at < names.length; at += 100) {
      const rows = names.slice(at, at + 100).map((name, index) => {
        const externalId = { source: `f-${mark}`, id: `=${at + index}` };
        return { create: { name, title: name, externalId, tags: [`@${mark}`] } };
      });
      const { results } = await admin.call(batch, { body: { rows } as never });
      expect(results.filter(({ status }) => status !== 201)).toEqual([]);
    }
    const order = { entity, format: "csv", filter: { field: "tags", contains: `@${mark}` } } as const;
    const done = await exportOf(admin, order);
    expect(done).toMatchObject({ status: "completed", rows: names.length });
    const file = join(folder, `${entities}.csv`);
    await fetchExport(done, file);
    const text = await readFile(file, "utf8");
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    for (const row of rows) {
      for (const cell of Object.values(row)) if (!isNumber(cell)) expect(cell).not.toMatch(runs);
    }
    // Where a semicolon separates cells, quotes in the middle of a line mean nothing.
    for (const cell of text.split(/[;\r\n]/)) expect(cell).not.toMatch(runs);

    const input = { entity: entities, dryRun: false, options: { externalIdSource: `f-${mark}` } } as never;
    const same = await runImport(admin, { file, input, onProgress: () => undefined });
    expect(same.counts).toMatchObject({ rows: names.length, created: 0, updated: 0, skipped: names.length, failed: 0 });
    // And where nobody knows them yet.
    const anew = { entity: entities, dryRun: false, options: { externalIdSource: `g-${mark}` } } as never;
    const copied = await runImport(admin, { file, input: anew, onProgress: () => undefined });
    expect(copied.counts).toMatchObject({ rows: names.length, created: names.length, failed: 0 });
    const again = await exportOf(admin, { ...order, format: "ndjson" });
    const lines = join(folder, `${entities}.ndjson`);
    await fetchExport(again, lines);
    const copies = (await readFile(lines, "utf8"))
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const ofSource = (source: string) =>
      copies
        .filter(({ externalId }) => externalId.source === `${source}-${mark}`)
        .map(({ name, title, externalId: { id } }) => ({ name, title, id }));
    const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
    expect(ofSource("g").sort(byId)).toEqual(ofSource("f").sort(byId));
    expect(
      ofSource("g")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.toSorted());
  },
);

test("attack 13: what cannot stand in a name does not come in by one", async () => {
  for (const name of trimmed) {
    const answer = await admin.call("createContact", { body: { name } }).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toMatchObject({ status: 422, code: "invalid_request" });
    else expect(answer).toMatchObject({ name: name.trim() });
  }
});
