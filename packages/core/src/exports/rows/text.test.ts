import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import {
  sampleAccount,
  sampleContact,
  sampleLead,
  sampleOpportunity,
  samplePipeline,
  sampleTeam,
  sampleUser,
} from "@shangji/contracts/samples/records";
import { testViewer } from "@shangji/testing/world";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCells } from "../../imports/csv/read-cells.ts";
import { scanRecords } from "../../imports/csv/scan-records.ts";
import { planColumns, valuesOf } from "../../imports/mapping/columns.ts";
import { importFields } from "../../imports/mapping/fields.ts";
import type { Stored } from "../../kit/record.ts";
import { listedKinds } from "../../lists/listed-kinds.ts";
import type { ExportRecord } from "../ports.ts";
import { headOf, type TextDeps, textOf } from "./text.ts";

const change = {
  actorId: "usr_1",
  at: "2026-11-02T08:30:00.000Z",
  command: "test",
  source: "api",
  requestId: "r",
} as const;
const stored = <T>(record: T): Stored<T> => ({ ...record, change });
const plurals: Record<OwnedEntity, ImportEntity> = {
  account: "accounts",
  contact: "contacts",
  opportunity: "opportunities",
  lead: "leads",
};
const fieldsOf = (entity: OwnedEntity) =>
  Object.entries(listedKinds[entity].fields).flatMap(([name, { derive }]) => (derive ? [] : [name]));

function deps(fields: Partial<Record<"users" | "teams" | "pipelines" | "accounts", object[]>> = {}): TextDeps {
  const {
    users = [sampleUser],
    teams = [sampleTeam],
    pipelines = [samplePipeline],
    accounts = [sampleAccount],
  } = fields;
  const all = (records: object[]) => ({ all: async () => records.map((record) => stored(record)) as never });
  const found = new Map(accounts.map((account) => [(account as Account).id, account]));
  return {
    users: all(users),
    teams: all(teams),
    pipelines: all(pipelines),
    products: all([]),
    records: {
      account: {
        getMany: async (ids: string[]) => new Map(ids.flatMap((id) => (found.has(id) ? [[id, found.get(id)]] : []))),
      } as never,
    },
    baseCurrency: "CNY",
  };
}

function order(entity: OwnedEntity, fields: Partial<ExportRecord> = {}): ExportRecord {
  return { entity, format: "csv", language: "en", ...fields } as ExportRecord;
}

/** A file of such records, read as our import reads one without a mapping: column and value of each field. */
async function imported(
  entity: OwnedEntity,
  records: object[],
  given: TextDeps = deps(),
  more: Partial<ExportRecord> = {},
) {
  const fields = fieldsOf(entity);
  const asked = order(entity, more);
  const text = await textOf(records as never, { order: asked, fields, viewer: testViewer() }, given);
  const bytes = new TextEncoder().encode(headOf(asked, fields) + text);
  const lines = [];
  // The mark is left out by what prepares an import.
  const open = async function* (from: number) {
    yield bytes.subarray(from);
  };
  for await (const found of scanRecords(open, { start: 3, delimiter: "," })) lines.push(...found);
  const [header, ...rows] = readCells(lines, { encoding: "utf-8", delimiter: "," }).map(({ cells = [] }) => cells);
  const plan = planColumns(header ?? [], plurals[entity], undefined);
  return { header: header ?? [], plan, rows: rows.map((cells) => Object.fromEntries(valuesOf(cells, plan))) };
}

describe("A6 a file of an export", () => {
  test.each(ownedEntities)(
    "of the kind %s has a column for each field that our import reads, and no other column is taken for one",
    async (entity) => {
      const { header, plan } = await imported(entity, []);
      const read = plan.columns.map(({ index, field }) => [header[index], field]);
      const known = importFields[plurals[entity]]
        .map(({ name }) => name)
        .filter((name) => name !== "annualRevenueMillions");
      expect(read.sort()).toEqual(known.map((name) => [name, name]).sort());
      expect(new Set(header).size).toBe(header.length);
    },
  );

  test("begins with the mark that Excel knows UTF-8 by, and has lines as RFC 4180 wants them", async () => {
    const fields = ["name", "tags"];
    const asked = order("account");
    const head = headOf(asked, fields);
    expect(head).toBe("\uFEFFrecordId,name,tags\r\n");
    const record = { ...stored(sampleAccount), name: '华为, "技术"', tags: ["a", "b"] };
    const text = await textOf([record], { order: asked, fields, viewer: testViewer() }, deps());
    expect(text).toBe(`${record.id},"华为, ""技术""","a;b"\r\n`);
  });

  test("has money in decimals beside its currency, and names beside ids, as our import reads them", async () => {
    const deal = {
      ...stored(sampleOpportunity),
      amountMinor: 123_450,
      currency: "JPY",
      baseAmountMinor: 600_005,
      externalId: { source: "erp", id: "D-1" },
    };
    const { header, rows } = await imported("opportunity", [deal]);
    expect(rows).toMatchObject([
      {
        amount: "123450",
        currency: "JPY",
        account: sampleAccount.name,
        owner: sampleUser.name,
        pipeline: samplePipeline.name.en,
        externalId: "D-1",
        stageEnteredAt: deal.history.at(-1)?.enteredAt,
      },
    ]);
    expect(header).toEqual(expect.arrayContaining(["accountId", "ownerId", "stageId", "baseAmount", "externalSource"]));
    const accounts = await imported("account", [{ ...stored(sampleAccount), annualRevenueMinor: 5 }]);
    expect(accounts.rows[0]?.annualRevenue).toBe("0.05");
  });

  test("has what a lead came with, each part in a column of its own, and what forms know besides as one value", async () => {
    const lead = {
      ...stored(sampleLead),
      utm: { source: "baidu", medium: "cpc", campaign: "双十一", term: "crm", content: "a" },
      custom: { employees: 200, note: '=1+1, "x"' },
      consent: { text: "可以联系我", at: "2026-11-02T08:30:00.000Z" },
      externalId: { source: "form", id: "L-1" },
    };
    const { header, rows } = await imported("lead", [lead]);
    expect(rows).toMatchObject([
      {
        name: lead.name,
        externalId: "L-1",
        utmSource: "baidu",
        utmMedium: "cpc",
        utmCampaign: "双十一",
        utmTerm: "crm",
        utmContent: "a",
      },
    ]);
    const text = await textOf(
      [lead],
      { order: order("lead"), fields: ["custom", "consent"], viewer: testViewer() },
      deps(),
    );
    const custom = JSON.stringify(lead.custom).replaceAll('"', '""');
    expect(text).toBe(`${lead.id},"${custom}",可以联系我,${lead.consent.at},\r\n`);
    expect(header).toEqual(expect.arrayContaining(["status", "statusReason", "statusChangedAt", "formId", "teamId"]));
  });

  test("names stages and pipelines in the language that was asked for", async () => {
    const stages = samplePipeline.stages.map((stage, index) => ({
      ...stage,
      name: index === 0 ? { en: stage.name.en, "zh-CN": "线索确认" } : stage.name,
    }));
    const [first] = stages;
    const deal = { ...stored(sampleOpportunity), stageId: first?.id };
    const given = deps({ pipelines: [{ ...samplePipeline, stages }] });
    const { rows } = await imported("opportunity", [deal], given, { language: "zh-CN" });
    expect(rows).toMatchObject([{ stage: "线索确认", pipeline: samplePipeline.name["zh-CN"] }]);
    const english = await imported("opportunity", [deal], given);
    expect(english.rows).toMatchObject([{ stage: first?.name.en, pipeline: samplePipeline.name.en }]);
  });

  test("tells where a closed deal came from, and since when it had been there", async () => {
    const [first, , third] = samplePipeline.stages.filter(({ type }) => type === "open");
    const won = samplePipeline.stages.find(({ type }) => type === "won");
    const lost = samplePipeline.stages.find(({ type }) => type === "lost");
    const visits = [first, third, won, lost].map((stage, index) => ({
      stageId: String(stage?.id),
      enteredAt: `2026-01-0${index + 1}T00:00:00.000Z`,
    }));
    const deal = { ...stored(sampleOpportunity), status: "lost", stageId: lost?.id, history: visits };
    const { rows } = await imported("opportunity", [deal]);
    const last = visits.findLast(({ stageId }) => [first?.id, third?.id].includes(stageId));
    const name = [first, third].find((stage) => stage?.id === last?.stageId)?.name.en;
    expect(rows).toMatchObject([{ stageEnteredAt: last?.enteredAt, lostFromStage: name, stage: lost?.name.en }]);
  });

  test("has the id where a name means two, and where the asker may not read what is called by it", async () => {
    const namesake = { ...sampleUser, id: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E", name: ` ${sampleUser.name}` };
    const twice = await imported("account", [stored(sampleAccount)], deps({ users: [sampleUser, namesake] }));
    expect(twice.rows[0]?.owner).toBe(sampleAccount.ownerId);
    const unseen = await imported("contact", [stored(sampleContact)], deps({ accounts: [] }));
    expect(unseen.rows[0]?.account).toBe(sampleContact.accountId);
  });

  test("as NDJSON has the records as lists show them, with the fields that were asked for", async () => {
    const records = [{ ...stored(sampleContact), seal: "secret", held: [], phoneKey: "+86" }];
    const asked = order("contact", { format: "ndjson" });
    const line = (fields: string[]) => textOf(records, { order: asked, fields, viewer: testViewer() }, deps());
    expect(headOf(asked, [])).toBe("");
    const whole = await line(fieldsOf("contact"));
    expect(whole.indexOf("\n")).toBe(whole.length - 1);
    expect(JSON.parse(whole)).toEqual(sampleContact);
    expect(JSON.parse(await line(["name"]))).toEqual({ id: sampleContact.id, name: sampleContact.name });
  });

  test("attack 13: any name is inert in the file and the same again when it is read", async () => {
    const unit = fc.constantFrom(
      ..."'=+-@＝＋－＠,;\"|a1.",
      "\u200b",
      "\u00a0",
      "\u3000",
      " ",
      "商",
      "\u202e",
      "\ufeff",
    );
    // As names are: without blanks around them.
    const name = fc
      .string({ unit, minLength: 1, maxLength: 12 })
      .map((text) => text.trim())
      .filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 3 }), async (names) => {
        const records = names.map((each) => ({ ...stored(sampleAccount), name: each }));
        const text = await textOf(records, { order: order("account"), fields: ["name"], viewer: testViewer() }, deps());
        for (const line of text.split("\r\n").slice(0, -1)) {
          const cell = line.slice(line.indexOf(",") + 1).replace(/^"/, "");
          if (!/^-\d+(\.\d+)?"?$/.test(cell)) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]/u);
        }
        expect((await imported("account", records)).rows.map((row) => row.name)).toEqual(names);
      }),
      { numRuns: 300 },
    );
  });
});
