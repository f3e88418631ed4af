import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { clientOf, eventually, type RawResponse, raw } from "../e2e/api.ts";

const admin = clientOf("admin");
/** Moves the clock to the beginning of a minute, so that what follows has the whole of one. */
async function newMinute(): Promise<void> {
  const { body } = await raw("/_local/clock");
  const seconds = 60 - new Date(String(body.now)).getUTCSeconds();
  await raw("/_local/clock", { body: { advance: `PT${seconds}S` } });
}
let form: { id: string; key: string };

beforeAll(async () => {
  form = await admin.call("createForm", {
    body: {
      name: "Flooded",
      fields: [
        { input: "name", to: "name" },
        { input: "company", to: "company" },
        { input: "message", to: "message" },
        { input: "extra", to: "custom.extra" },
      ],
    },
  });
});

type SendOptions = { key?: string; headers?: Record<string, string> };
const sendOnce = (body: object, options: SendOptions = {}): Promise<RawResponse> =>
  raw(`/v1/public/forms/${options.key ?? form.key}`, { body, headers: options.headers ?? {} });
/** What the route's own throttle at the gateway refuses, which has no code of ours, comes again: a flood before may have used it up. */
async function send(body: object, options: SendOptions = {}): Promise<RawResponse> {
  for (;;) {
    const answer = await sendOnce(body, options);
    if (answer.status !== 429 || answer.body.code !== undefined) return answer;
  }
}
const leads = async () => {
  const filter = JSON.stringify({ field: "formId", eq: form.id });
  return (await admin.call("listLeads", { query: { filter, limit: 200 } })).items;
};

describe("attack: a public form", () => {
  test("that is flooded from one address takes ten a minute, whatever the sender says of itself", async () => {
    await newMinute();
    const before = (await leads()).length;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        sendOnce(
          { name: `Flood ${at}` },
          { headers: { "x-forwarded-for": `198.51.100.${at}`, forwarded: `for=192.0.2.${at}` } },
        ),
      ),
    );
    // The throttle of the route at the gateway may have answered some, and a store that cannot count takes nothing.
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThanOrEqual(10);
    const refused = answers.filter(({ status }) => status !== 202);
    for (const { status } of refused) expect([429, 503]).toContain(status);
    expect(refused.some(({ headers }) => headers.get("retry-after") !== null)).toBe(true);
    expect((await leads()).length - before).toBe(taken.length);
    const { status } = await send({ name: "One more" });
    expect(status).toBe(429);
  });

  test("whose keys are tried out tells nothing, and soon nothing at all", async () => {
    await newMinute();
    const codes = [];
    for (let at = 0; at < 12; at++) {
      const { status } = await send({ name: "x" }, { key: `${String(at).padStart(2, "0")}${"k".repeat(30)}` });
      codes.push(status);
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill(404));
    expect(codes.slice(10)).toEqual([429, 429]);
  });

  test("that is sent many times at once by one click is one lead", async () => {
    await newMinute();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send({ name: "Impatient" })));
    expect(answers.map(({ status, text }) => [status, text])).toEqual(answers.map(() => [202, '{"accepted":true}']));
    expect((await leads()).filter(({ name }) => name === "Impatient")).toHaveLength(1);
  });

  test("keeps hostile texts as the texts that they are, and out of the logs", async () => {
    await newMinute();
    const hostile = {
      name: "<img src=x onerror=alert(1)>",
      company: '=HYPERLINK("http://evil.example","x")\r\nBcc: all@example.com',
      message: "\u202e{{constructor.constructor('return process')()}}\n#{7*7}' OR 1=1 --",
      extra: "HOSTILE\u0000\u001b[2K",
      ownerId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D",
      status: "converted",
    };
    const nul = await send(hostile);
    expect([nul.status, nul.body.code]).toEqual([422, "invalid_request"]);
    const answer = await send({ ...hostile, extra: "HOSTILE\u001b[2K" });
    expect(answer.status).toBe(202);
    const kept = (await leads()).find(({ name }) => name === hostile.name);
    expect(kept).toMatchObject({
      company: '=HYPERLINK("http://evil.example","x") Bcc: all@example.com',
      message: hostile.message,
      custom: { extra: "HOSTILE\u001b[2K" },
      status: "new",
    });
    expect(kept?.ownerId).toBeUndefined();
    const shown = await raw(`/v1/leads/${kept?.id}`, { role: "admin" });
    expect(shown.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    const id = String(answer.headers.get("apigw-requestid"));
    const logs = await eventually(
      () => readFile(inject("logFile"), "utf8"),
      (logged) => logged.includes(id),
    );
    expect(logs).not.toMatch(/HOSTILE|onerror|HYPERLINK/);
  });

  test.each([
    ["1 MB", JSON.stringify({ name: "x".repeat(1_000_000) }), 413],
    ["deep JSON", `{"name":${"[".repeat(20_000)}`, 400],
    ["nested JSON", `{"name":${"[".repeat(500)}${"]".repeat(500)}}`, 422],
    [
      "a thousand inputs",
      JSON.stringify(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`i${at}`, "x"]))),
      422,
    ],
  ])("of %s is refused", async (_name, text, status) => {
    await newMinute();
    expect((await raw(`/v1/public/forms/${form.key}`, { text })).status).toBe(status);
  });
});
