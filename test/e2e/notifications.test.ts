import { beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "../attack/make-key.ts";
import { clientOf, raw } from "./api.ts";
import { mailsTo } from "./inbox.ts";
import { inboxOf, mailsWith, prefer, reader } from "./notified.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const path = "/v1/notifications";

/** Moves the clock to so many seconds after the next time at which clocks show this. */
async function passTo(time: string, seconds: number) {
  const { body } = await pass("PT1S");
  const now = Date.parse(String(body.now));
  const today = Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${time}:00.000Z`);
  const next = today + seconds * 1000 >= now ? today : today + 86_400_000;
  await pass(`PT${Math.ceil((next - now) / 1000) + seconds}S`);
}

/** Waits for the mail to somebody who wants it at once: whatever was due before has been sent by then. */
async function mailOfAnother() {
  const fence = await reader("en");
  await admin.call("createLead", { body: { name: "Fence", ownerId: fence.id } });
  await inboxOf(fence, 1);
  await pass("PT61S");
  await mailsTo(fence.email, 1);
}

let other: SignedIn;
beforeAll(async () => {
  other = await signedIn("rep");
});

describe("D4 notifications", () => {
  test("tell who gets a lead, an account, a contact, a deal, in Chinese, in the inbox and by mail, once", async () => {
    const person = await reader();
    const ownerId = person.id;
    await admin.call("createLead", { body: { name: "陈静", ownerId } });
    const account = await admin.call("createAccount", { body: { name: "华为" } });
    await admin.call("updateAccount", { path: { id: account.id }, ifMatch: 1, body: { ownerId } });
    await admin.call("createContact", { body: { name: "王芳", ownerId } });
    await admin.call("createOpportunity", { body: { name: "核心网扩容", ownerId } });
    // What is changed without going to somebody else is no news.
    await admin.call("updateAccount", { path: { id: account.id }, ifMatch: 2, body: { name: "华为技术" } });
    const shown = await inboxOf(person, 4);
    expect(shown.map(({ title }) => title).toSorted()).toEqual(
      ["新商机：核心网扩容", "新客户：华为技术", "新线索：陈静", "新联系人：王芳"].toSorted(),
    );
    await pass("PT61S");
    await mailsWith(person, shown);
    await pass("PT20M");
    await admin.call("createLead", { body: { name: "后来者", ownerId } });
    const all = await inboxOf(person, 5);
    await pass("PT61S");
    const mails = await mailsWith(person, all);
    expect(mails.at(-1)?.subject).toBe("新线索：后来者");
    const lines = mails.flatMap(({ text }) => text.split("\n"));
    for (const { text } of all) expect(lines.filter((line) => line === `- ${text}`)).toHaveLength(1);
  });

  test("tell nobody of what they take themselves, and what is somebody else's is not there", async () => {
    const person = await reader();
    const token = await person.freshToken();
    expect((await raw("/v1/leads", { token, body: { name: "Own" } })).status).toBe(201);
    await admin.call("createLead", { body: { name: "Given", ownerId: person.id } });
    const manager = await signedIn("manager");
    await admin.call("createLead", { body: { name: "Led", ownerId: manager.id } });
    expect((await inboxOf(manager, 1)).map(({ title }) => title)).toEqual(["新线索：Led"]);
    const shown = await inboxOf(person, 1);
    expect(shown.map(({ title }) => title)).toEqual(["新线索：Given"]);
    const [given] = shown;
    const ids = [given?.id ?? ""];
    const read = (by: string) => raw(`${path}/read`, { method: "PUT", token: by, body: { ids } });
    const count = async () => (await raw(`${path}/unread-count`, { token })).body;
    expect((await read(await other.freshToken())).body).toEqual({ notFound: ids });
    expect(await count()).toEqual({ count: 1, isMore: false });
    expect((await inboxOf(other, 0)).some(({ id }) => id === given?.id)).toBe(false);
    expect((await read(token)).body).toEqual({ notFound: [] });
    expect(await count()).toEqual({ count: 0, isMore: false });
    expect(await inboxOf(person, 0, "?unread=true")).toEqual([]);
    expect((await inboxOf(person, 1))[0]?.readAt).toMatch(/Z$/);
  });

  test("wait for the end of quiet hours, or for the digest, and come as one mail", async () => {
    const person = await reader("en");
    const defaults = await raw(`${path}/preferences`, { token: await person.freshToken() });
    expect(defaults.body).toEqual({ email: "at_once", digestAt: "08:30", version: 0 });
    /** What clocks show so many minutes from now. */
    const timeIn = async (minutes: number) => {
      const { body } = await pass("PT1S");
      return new Date(Date.parse(String(body.now)) + minutes * 60_000).toISOString().slice(11, 16);
    };
    const quietHours = { from: await timeIn(-5), until: await timeIn(20) };
    await prefer(person, { email: "at_once", quietHours });
    for (const name of ["Acme", "Globex"]) await admin.call("createLead", { body: { name, ownerId: person.id } });
    await inboxOf(person, 2);
    await pass("PT5M");
    await mailOfAnother();
    expect(await mailsTo(person.email, 0)).toEqual([]);
    // Over the end of the quiet hours by one run: runs that a jump makes at once may each mail a part.
    await passTo(quietHours.until, -20);
    await admin.call("createLead", { body: { name: "Umbrella", ownerId: other.id } });
    await inboxOf(other, 1);
    await passTo(quietHours.until, 5);
    const [mail] = await mailsTo(person.email, 1);
    expect(mail?.subject).toBe("2 new notifications");
    await prefer(person, { email: "digest", digestAt: await timeIn(20) });
    await admin.call("createLead", { body: { name: "Initech", ownerId: person.id } });
    await inboxOf(person, 3);
    await pass("PT5M");
    await mailOfAnother();
    expect(await mailsTo(person.email, 0)).toHaveLength(1);
    await pass("PT20M");
    const mails = await mailsTo(person.email, 2);
    expect(mails.map(({ subject }) => subject)).toEqual(["2 new notifications", "A lead for you: Initech"]);
  });

  test("a machine has an empty inbox and no preferences; quiet hours of no length are refused in Chinese", async () => {
    const person = await reader();
    const body = { email: "at_once", quietHours: { from: "08:00", until: "08:00" } };
    const headers = { "if-match": '"0"', "accept-language": "zh-CN" };
    const answer = await raw(`${path}/preferences`, { method: "PUT", token: person.token, body, headers });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ pointer: "/body/quietHours", message: "from 与 until 不能相同" }],
    ]);
    const { secret } = await makeKey({ scopes: ["*:read"] });
    expect((await raw(path, { token: secret })).body).toEqual({ items: [] });
    expect((await raw(`${path}/preferences`, { token: secret })).body.code).toBe("not_found");
    const stale = { method: "PUT", token: person.token, body: { email: "off" }, headers: { "if-match": '"7"' } };
    expect((await raw(`${path}/preferences`, stale)).status).toBe(412);
  });

  test("hostile names are shown as they are and stay inert in mail", async () => {
    const names = [
      '<img src=x onerror="alert(1)"><script>alert(2)</script>',
      '=HYPERLINK("https://evil.test","ok")',
      "{by} #{7*7} {{constructor}}",
      "\u202egnp.exe https://evil.test/login",
    ];
    const person = await reader("en");
    for (const name of names) await admin.call("createLead", { body: { name, ownerId: person.id } });
    const shown = await inboxOf(person, names.length);
    expect(shown.map(({ title }) => title)).toContain(`新线索：${names[0]}`);
    await pass("PT61S");
    const told = ["onerror", "HYPERLINK", "{by} #{7*7} {{constructor}}", "gnp.exe"].map((text) => ({ text }));
    for (const { subject, text, html } of await mailsWith(person, told)) {
      for (const words of [subject, text, html]) {
        expect(words).not.toContain("\u202e");
        expect(words).not.toContain("https://");
      }
      expect(html.match(/<(?!\/?(html|ul|li|p|meta|!doctype)\b)/gi)).toBeNull();
      expect(html.match(/<[^>]*\bon\w+=/g)).toBeNull();
    }
    // Alone, the name stands in the subject.
    await admin.call("createLead", { body: { name: "Subject: x <b>", ownerId: person.id } });
    await inboxOf(person, names.length + 1);
    await pass("PT61S");
    const mails = await mailsWith(person, [{ text: "Subject: x <b>" }]);
    expect(mails.at(-1)?.subject).toBe("A lead for you: Subject: x <b>");
    for (const bad of ["a\r\nBcc: all@evil.test", "x".repeat(1_000_000)]) {
      const { status } = await raw("/v1/leads", { role: "admin", body: { name: bad, ownerId: person.id } });
      expect([413, 422]).toContain(status);
    }
  });
});
