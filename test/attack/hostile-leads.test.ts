import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NewLead, Utm } from "@shangji/contracts/leads/schemas";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { fetchExport } from "../../scripts/exports/run-export.ts";
import { clientOf, eventually, raw } from "../e2e/api.ts";
import { exportOf } from "../e2e/export-file.ts";
import { mailsTo } from "../e2e/inbox.ts";
import { signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
/** No log may hold it. */
const mark = `HOSTILE${randomUUID().slice(0, 8)}`;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shangji-hostile-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How a value gets into each field of a lead that its caller may fill with text. */
const places: Record<string, (value: unknown) => object> = {
  ...Object.fromEntries(
    [
      "name",
      "company",
      "title",
      "email",
      "phone",
      "website",
      "region",
      "industry",
      "source",
      "campaign",
      "message",
    ].map((field) => [field, (value: unknown) => ({ [field]: value })]),
  ),
  ...Object.fromEntries(Object.keys(Utm.shape).map((part) => [`utm.${part}`, (value) => ({ utm: { [part]: value } })])),
  custom: (value) => ({ custom: { extra: value } }),
  "custom name": (value) => ({ custom: { [String(value)]: "x" } }),
  consent: (text) => ({ consent: { text, at: "2026-11-01T00:00:00Z" } }),
  tags: (value) => ({ tags: [value] }),
  externalId: (id) => ({ externalId: { source: mark, id } }),
  "externalId.source": (source) => ({ externalId: { source, id: mark } }),
  ownerId: (ownerId) => ({ ownerId }),
};

const payloads: Record<string, unknown> = {
  html: `<img src=x onerror=alert('${mark}')><svg/onload=x>`,
  formula: `=HYPERLINK("http://x.test?${mark}","a")`,
  "blind formula": `\u200b\u00a0@SUM(1+1)*cmd|' /C calc'!A0 ${mark}`,
  crlf: `a ${mark}\r\nBcc: all@example.com\r\n\r\n<b>body</b>`,
  template: `{{constructor.constructor('return process')()}} \${7*7} #{7*7} {by} ${mark}`,
  address: `"${mark}"@x.test`,
  script: `javascript:alert('${mark}')`,
  "deep JSON": Array.from({ length: 400 }).reduce<unknown>((inner) => [inner], mark),
  "deep object": Array.from({ length: 400 }).reduce<unknown>((inner) => ({ a: inner }), mark),
};

/** What a spreadsheet begins to run. */
const runs = /^[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]/u;

interface Result {
  status: number;
  id?: string;
}

describe("attack 16: a lead with hostile text", () => {
  test("in any field is refused, or kept as the text that it is, and inert in lists, exports, mail and logs", async () => {
    const named = new Set(Object.keys(places).map((place) => place.split(/[. ]/)[0]));
    expect(new Set(Object.keys(NewLead.shape))).toEqual(named);
    const reader = await signedIn("rep");
    const { email = "" } = await admin.call("getUser", { path: { id: reader.id } });
    const tries = Object.entries(places).flatMap(([place, put]) =>
      Object.entries(payloads).map(([kind, payload]) => ({ place, kind, payload, put })),
    );
    const kept: { id: string; sent: Record<string, unknown> }[] = [];
    for (let at = 0; at < tries.length; at += 50) {
      const part = tries.slice(at, at + 50);
      const sent = part.map(({ put, payload }) => ({
        name: "陈静",
        campaign: mark,
        ownerId: reader.id,
        ...put(payload),
      }));
      const answer = await raw("/v1/leads/batch", {
        role: "admin",
        body: { rows: sent.map((create) => ({ create })) },
      });
      expect(answer.status).toBe(200);
      for (const [index, { status, id }] of (answer.body.results as Result[]).entries()) {
        expect([part[index]?.place, part[index]?.kind, [201, 422].includes(status)]).toEqual([
          ...[part[index]?.place, part[index]?.kind, true],
        ]);
        if (id !== undefined && sent[index]) kept.push({ id, sent: sent[index] });
      }
    }
    // Most fields take most texts.
    expect(kept.length).toBeGreaterThan(60);
    for (const { id, sent } of kept) {
      const shown = await raw(`/v1/leads/${id}`, { role: "admin" });
      expect(shown.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(shown.body).toMatchObject(sent);
    }

    const filter = { field: "ownerId", eq: reader.id };
    for (const format of ["csv", "ndjson"] as const) {
      const done = await exportOf(admin, { entity: "lead", format, filter });
      expect(done).toMatchObject({ status: "completed", rows: kept.length });
      const file = join(folder, `leads.${format}`);
      await fetchExport(done, file);
      const text = await readFile(file, "utf8");
      if (format === "ndjson") {
        const lines = text.split("\n").slice(0, -1);
        expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(kept.map(({ id }) => id).sort());
        continue;
      }
      const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
      expect(rows).toHaveLength(kept.length);
      for (const row of rows)
        for (const [column, cell] of Object.entries(row)) expect([column, runs.test(cell)]).toEqual([column, false]);
    }

    // Their owner is told of them by mail, of fifty by name.
    await raw("/_local/clock", { body: { advance: "PT61S" } });
    const mails = await eventually(
      () => mailsTo(email, 0),
      (found) => found.some(({ text }) => text.includes(mark)),
      60,
    );
    for (const { subject, text, html } of mails) {
      expect(subject).not.toMatch(/[\r\n]/);
      for (const words of [subject, text, html]) expect(words).not.toMatch(/https?:\/\/x\.test/);
      expect(html.match(/<(?!\/?(html|ul|li|p|meta|!doctype)\b)/gi)).toBeNull();
    }
    expect(await readFile(inject("logFile"), "utf8")).not.toContain(mark);
  }, 300_000);

  test.each(Object.keys(places))("of 1 MB in %s is refused", async (place) => {
    const body = { name: "陈静", ...places[place]?.("x".repeat(1_000_000)) };
    const answers = [
      await raw("/v1/leads", { role: "admin", body }),
      await raw("/v1/leads/batch", { role: "admin", body: { rows: [{ create: body }] } }),
    ];
    for (const { status } of answers) expect([413, 422]).toContain(status);
  });
});
