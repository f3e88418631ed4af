import { NewForm } from "@shangji/contracts/forms/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { fakeBudgetStore } from "@shangji/testing/fakes/budget-store";
import { fakeRecordStore } from "@shangji/testing/fakes/record-store";
import { testClock, testContext } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import { DomainError } from "../kit/domain-error.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Stored } from "../kit/record.ts";
import { slicedBudgets } from "../limits/sliced-budgets.ts";
import { createForm } from "./create-form.ts";
import { formLimits } from "./form-limits.ts";
import { sendableForm } from "./sendable-form.ts";
import { submitForm } from "./submit-form.ts";
import { rotateFormKey, updateForm } from "./update-form.ts";

const fields = [
  { input: "your-name", to: "name" },
  { input: "mail", to: "email", required: true },
  { input: "tel", to: "phone" },
  { input: "msg", to: "message" },
  { input: "utm_source", to: "utmSource" },
  { input: "seats", to: "custom.seats" },
];
const given = { "your-name": "陈静", mail: "jing@example.com" };
const page = "https://www.example.com";

async function world(definition: object = {}) {
  const clock = testClock();
  const context = testContext({ clock });
  const forms = fakeRecordStore<Awaited<ReturnType<typeof createForm>>>(({ key }) => [{ field: "key", value: key }]);
  const stored: Stored<Lead>[] = [];
  const claims = new Map<string, number>();
  const leads = {
    async create(lead: Stored<Lead>, claim?: IdempotencyClaim) {
      if (claim) {
        // As the store does: a claim is taken as long as it is kept.
        if ((claims.get(claim.key) ?? 0) > claim.at.getTime()) throw new DomainError("idempotency_in_progress", "");
        claims.set(claim.key, claim.at.getTime() + (claim.keptSeconds ?? 86_400) * 1000);
      }
      stored.push(lead);
    },
  };
  const secretBytes = () => crypto.getRandomValues(new Uint8Array(32));
  const budgets = slicedBudgets(fakeBudgetStore(), clock);
  const deps = { forms, leads, budgets, conceal: async (text: string) => `#${text.length}${text}`, country: "CN" };
  const admin = { forms, secretBytes, context };
  const form = await createForm(
    NewForm.parse({ name: "官网", fields, allowedOrigins: [page], source: "website", ...definition }),
    admin,
  );
  const send = (inputs: object = given, { key = form.key, origin = page as string | undefined, network = "n" } = {}) =>
    submitForm({ key, inputs: inputs as never, origin, network }, { ...deps, context }); // parsed by the edge
  return { clock, form, send, stored, admin, deps };
}

const code = (work: Promise<unknown>) => work.then(() => "taken").catch((error: DomainError) => error.code);

describe("B1 what a page sends", () => {
  test("becomes a new lead of nobody, with what the form knows and nothing else", async () => {
    const { send, stored, form } = await world({ campaign: "autumn", consentText: "I agree." });
    await send({
      ...given,
      tel: "138 0013 8000",
      msg: "two\nlines",
      utm_source: "mail",
      seats: 40,
      status: "converted",
      ownerId: "usr_1",
      __proto__: { name: "x" },
    });
    const [lead] = stored;
    expect(lead).toMatchObject({
      name: "陈静",
      email: "jing@example.com",
      phone: "138 0013 8000",
      phoneKey: "+8613800138000",
      message: "two\nlines",
      utm: { source: "mail" },
      custom: { seats: "40" },
      source: "website",
      campaign: "autumn",
      consent: { text: "I agree.", formId: form.id, at: lead?.createdAt },
      formId: form.id,
      status: "new",
      tags: [],
    });
    expect(lead?.ownerId).toBeUndefined();
  });

  test.each([
    ["a box that is ticked", { agree: "on" }, true],
    ["a box that is not", {}, false],
    ["a box that a script has unticked", { agree: false }, false],
  ])("is consent by %s", async (_name, inputs, isGiven) => {
    const { send, stored } = await world({ consentText: "I agree.", consentInput: "agree" });
    await send({ ...given, ...inputs });
    expect(stored[0]?.consent !== undefined).toBe(isGiven);
  });

  test.each(["\u200b\u2060", "\u3164", "\u2800 ", "\u00ad\ufe0f"])(
    "is no name when nobody can see it: %j",
    async (unseen) => {
      const { send, stored } = await world();
      expect(await code(send({ ...given, "your-name": unseen }))).toBe("invalid_request");
      await send({ ...given, msg: unseen });
      expect(stored).toHaveLength(1);
      expect(stored[0]?.message).toBeUndefined();
    },
  );

  test("cannot turn the line around in which its name stands; joined signs stay joined", async () => {
    const { send, stored } = await world();
    await send({ ...given, "your-name": "invoice\u202egnp.exe\u2066 👩\u200d💻 שלום\u200f" });
    expect(stored[0]?.name).toBe("invoicegnp.exe 👩\u200d💻 שלום\u200f");
  });

  test("is dropped when a machine has filled what people do not see, with the same answer", async () => {
    const { send, stored, form } = await world({ honeypotInput: "website" });
    expect(await send({ ...given, website: "https://spam.example" })).toMatchObject({ id: form.id });
    expect(stored).toEqual([]);
    await send({ ...given, website: "" });
    expect(stored).toHaveLength(1);
  });

  test("twice within a minute is one lead; other content, and later, is another", async () => {
    const { send, stored, clock } = await world({ consentText: "I agree." });
    await Promise.all([send(), send()]);
    clock.advance(59_000);
    await send();
    expect(stored).toHaveLength(1);
    await send({ ...given, msg: "more" });
    clock.advance(61_000);
    await send();
    expect(stored).toHaveLength(3);
  });

  test("of two people who are called alike is two leads", async () => {
    const { send, stored } = await world();
    for (const network of ["home", "work", "home"]) await send(given, { network });
    expect(stored).toHaveLength(2);
  });

  test("names the page's inputs where they are wrong", async () => {
    const { send, stored } = await world();
    const pointers = (inputs: object) =>
      send(inputs).catch(({ errors }: DomainError) => errors.map(({ pointer }) => pointer));
    expect(await pointers({ mail: "x@example.com" })).toEqual(["/body/your-name"]);
    expect(await pointers({ "your-name": "x" })).toEqual(["/body/mail"]);
    expect(await pointers({ ...given, mail: "no address" })).toEqual(["/body/mail"]);
    expect(await pointers({ ...given, utm_source: "x".repeat(200) })).toEqual(["/body/utm_source"]);
    expect(await pointers({ ...given, seats: "x".repeat(2000) })).toEqual(["/body/seats"]);
    expect(stored).toEqual([]);
  });
});

describe("B1 a form", () => {
  test("is sent by its pages, by what is no page, and by no other page", async () => {
    const { send, stored } = await world();
    expect(await code(send({ ...given, msg: "1" }, { origin: undefined }))).toBe("taken");
    for (const origin of ["https://evil.example", "null", `${page}.evil.example`, "http://www.example.com"])
      expect(await code(send(given, { origin, network: origin }))).toBe("origin_not_allowed");
    expect(stored).toHaveLength(1);
  });

  test("has one key at a time, and none while it is not active", async () => {
    const { send, form, admin } = await world();
    const rotated = await rotateFormKey({ id: form.id }, admin);
    expect(rotated.key).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(await code(send())).toBe("not_found");
    expect(await code(send(given, { key: rotated.key }))).toBe("taken");
    await updateForm({ id: form.id, patch: { active: false } }, admin);
    expect(await code(send(given, { key: rotated.key }))).toBe("not_found");
  });

  test("takes ten a minute of one network, tried keys among them, and so many of all", async () => {
    const { send, stored, clock } = await world();
    const wrong = { key: "k".repeat(32) };
    expect(await code(send(given, wrong))).toBe("not_found");
    const codes = await Promise.all(Array.from({ length: 10 }, (_, at) => code(send({ ...given, msg: `${at}` }))));
    expect(codes.filter((each) => each === "taken")).toHaveLength(formLimits.perAddress - 1);
    expect(await code(send(given, wrong))).toBe("too_many_requests");
    expect(await code(send({ ...given, msg: "other" }, { network: "m" }))).toBe("taken");
    clock.advance(60_000);
    const many = [];
    for (let at = 0; at < formLimits.perForm + 1; at++)
      many.push(await code(send({ ...given, msg: `n${at}` }, { network: `n${at}` })));
    expect(many.filter((each) => each === "taken")).toHaveLength(formLimits.perForm);
    expect(stored.length).toBe(formLimits.perAddress + formLimits.perForm);
  });

  test("is asked for by a browser before its page sends it: ten a minute, counted apart from what is sent", async () => {
    const { form, deps, send } = await world();
    const ask = (sender: object = {}) =>
      code(sendableForm({ key: form.key, origin: page, network: "n", ...sender }, "preflight", deps));
    expect(await ask()).toBe("taken");
    expect(await ask({ origin: "https://evil.example" })).toBe("origin_not_allowed");
    for (let asked = 2; asked < formLimits.perAddress; asked++)
      expect(await ask({ key: "k".repeat(32) })).toBe("not_found");
    expect(await ask()).toBe("too_many_requests");
    expect(await code(send())).toBe("taken");
  });

  test("takes nothing while its budget cannot be kept", async () => {
    const { deps, admin, form, stored } = await world();
    const budgets = { charge: async () => Promise.reject(new Error("down")) };
    const call = { key: form.key, inputs: given, origin: page, network: "n" };
    expect(await code(submitForm(call, { ...deps, budgets, context: admin.context }))).toBe("unavailable");
    expect(stored).toEqual([]);
  });
});

test("B1 a form whose honeypot people fill would drop every lead, and is refused", async () => {
  const { admin, form } = await world();
  const box = { consentText: "I agree.", consentInput: "agree" };
  const refused = { code: "invalid_request", errors: [{ pointer: "/body/honeypotInput" }] };
  for (const honeypotInput of ["mail", "agree"]) {
    const definition = NewForm.parse({ name: "x", fields, ...box, honeypotInput });
    await expect(createForm(definition, admin)).rejects.toMatchObject(refused);
    await expect(updateForm({ id: form.id, patch: { ...box, honeypotInput } }, admin)).rejects.toMatchObject(refused);
  }
  const { honeypotInput } = await updateForm({ id: form.id, patch: { ...box, honeypotInput: "website" } }, admin);
  expect(honeypotInput).toBe("website");
});

test("B1 an organisation has two hundred forms at most", async () => {
  const { admin } = await world();
  const definition = NewForm.parse({ name: "x", fields });
  for (let made = 1; made < 200; made++) await createForm(definition, admin);
  expect(await code(createForm(definition, admin))).toBe("too_many_forms");
});

test.each([
  ["no input for the name", { fields: [{ input: "mail", to: "email" }] }],
  ["a field twice", { fields: [...fields, { input: "b", to: "name" }] }],
  ["an input twice", { fields: [...fields, { input: "mail", to: "title" }] }],
  ["a field that pages do not fill", { fields: [...fields, { input: "o", to: "ownerId" }] }],
  ["a path as an origin", { allowedOrigins: ["https://www.example.com/"] }],
  ["every origin", { allowedOrigins: ["*"] }],
  ["a way on that is not safe", { redirectUrl: "javascript:alert(1)" }],
])("B1 a form with %s is refused", (_name, definition) => {
  expect(NewForm.safeParse({ name: "x", fields, ...definition }).success).toBe(false);
});
