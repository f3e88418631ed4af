import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, eventually, makePipeline, raw } from "./api.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
let pipelineId: string;
let teamId: string;
let rep: SignedIn;
let colleague: SignedIn;
let made = 0;

/** A word that no other test knows. */
const word = () => `quux${++made}x${Date.now().toString(36)}`;

beforeAll(async () => {
  pipelineId = (await makePipeline(admin)).id;
  teamId = (await admin.call("createTeam", { body: { name: "Searchers" } })).id;
  [rep, colleague] = [await signedIn("rep", teamId), await signedIn("rep", teamId)];
});

interface Hit {
  id: string;
  entity: string;
  [field: string]: unknown;
}

async function search(query: Record<string, string | number>, token?: string) {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const { status, body } = await raw(`/v1/search?${parameters}`, token ? { token } : { role: "admin" });
  return { status, body, items: (body.items ?? []) as Hit[], next: body.next as string | undefined };
}

const idsOf = ({ items }: { items: Hit[] }) => items.map(({ id }) => id);

/** Asks until the index has come so far. */
const until = (query: Record<string, string | number>, ids: readonly string[], token?: string) =>
  eventually(
    () => search(query, token),
    (answer) => JSON.stringify(idsOf(answer)) === JSON.stringify(ids),
  );

describe("A3 search", () => {
  test("finds a company by its Chinese letters, its contact by address and number, its deal by name", async () => {
    const own = word();
    const account = await admin.call("createAccount", {
      body: {
        name: `华为技术有限公司 ${own}`,
        industry: "telecom",
        phone: "+86 755 2878 0808",
        website: "https://www.huawei.com",
      },
    });
    const email = `Wang.Fang.${own}@Example.com`;
    const contact = await admin.call("createContact", {
      body: { name: `王芳 ${own}`, accountId: account.id, email, phone: "+86 138-0013-8000" },
    });
    const deal = await admin.call("createOpportunity", {
      body: { name: `续约 ${own}`, accountId: account.id, pipelineId },
    });
    await until({ q: own }, [deal.id, contact.id, account.id]);

    for (const q of [`华为 ${own}`, `技术有限 ${own}`, own.toUpperCase()])
      expect([q, idsOf(await search({ q, entity: "account" }))]).toEqual([q, [account.id]]);
    for (const q of [
      email,
      `wang.fang.${own}`,
      `13800138000 ${own}`,
      `+86 138 0013 8000 ${own}`,
      `0013 8000 ${own}`,
      `8000 王芳 ${own}`,
    ])
      expect([q, idsOf(await search({ q }))]).toEqual([q, [contact.id]]);
    expect(idsOf(await search({ q: `续约 ${own}` }))).toEqual([deal.id]);
    expect((await search({ q: own, entity: "contact,account" })).items).toEqual([
      {
        entity: "contact",
        id: contact.id,
        name: contact.name,
        subtitle: account.name,
        matched: "name",
      },
      {
        entity: "account",
        id: account.id,
        name: account.name,
        subtitle: "telecom",
        matched: "name",
      },
    ]);
    // As it arrives when a parameter is given twice.
    const { body } = await raw(`/v1/search?q=${own}&entity=account&entity=opportunity`, { role: "admin" });
    expect((body.items as Hit[]).map(({ id }) => id)).toEqual([deal.id, account.id]);

    const renamed = await admin.call("updateAccount", {
      path: { id: account.id },
      ifMatch: 1,
      body: { name: `联想 ${own}` },
    });
    await until({ q: `联想 ${own}` }, [account.id]);
    await until({ q: `华为 ${own}` }, []);
    await admin.call("deleteAccount", { path: { id: account.id }, ifMatch: renamed.version });
    await until({ q: own }, [deal.id, contact.id]);
  });

  test("goes on from page to page, for its caller and its query alone", async () => {
    const own = word();
    const deals = [];
    for (let number = 0; number < 5; number++) {
      deals.push(
        (await admin.call("createOpportunity", { body: { name: `${own} ${number}`, pipelineId, ownerId: rep.id } })).id,
      );
    }
    const newest = deals.toReversed();
    await until({ q: own }, newest);
    const first = await search({ q: own, limit: 2 }, rep.token);
    const second = await search({ q: own, limit: 2, cursor: first.next ?? "" }, rep.token);
    const third = await search({ q: own, limit: 2, cursor: second.next ?? "" }, rep.token);
    expect([first, second, third].flatMap(idsOf)).toEqual(newest);
    expect(third.next).toBeUndefined();
    const cursor = first.next ?? "";
    for (const refused of [
      await search({ q: own, limit: 2, cursor }, colleague.token),
      await search({ q: own, limit: 3, cursor }, rep.token),
      await search({ q: `${own} 1`, limit: 2, cursor }, rep.token),
      await search({ q: own, limit: 2, cursor: `${cursor}A` }, rep.token),
    ])
      expect(refused).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
  });

  test.each([
    "",
    "q=",
    "q=%20-%20",
    `q=${"a".repeat(101)}`,
    "q=a&limit=21",
    "q=a&limit=0",
    "q=a&entity=user",
    "q=a&entity=",
    "q=a&owner=me",
  ])("refuses %j", async (query) => {
    const { status, body } = await raw(`/v1/search?${query}`, { role: "admin" });
    expect({ status, code: body.code }).toEqual({ status: 422, code: "invalid_request" });
  });

  test.each(["%", "华为%", "a".repeat(100), "'\";--", "{}[]()*+?.^$|a", "\u0000a", "a\nb", "😀a", "ａ", "0", "#~1"])(
    "takes %j as it is",
    async (q) => expect((await search({ q })).status).toBe(/[\p{L}\p{N}]/u.test(q) ? 200 : 422),
  );

  test("follows a share, as long as it lasts", async () => {
    const own = word();
    const deal = await admin.call("createOpportunity", { body: { name: own, pipelineId } });
    await until({ q: own }, [deal.id]);
    expect(idsOf(await search({ q: own }, rep.token))).toEqual([]);
    const path = { id: deal.id, principalId: teamId };
    await admin.call("putShare", { path, body: {} });
    await raw("/_local/clock", { body: { advance: "PT31S" } });
    expect(idsOf(await search({ q: own }, rep.token))).toEqual([deal.id]);
    await admin.call("endShare", { path });
    await raw("/_local/clock", { body: { advance: "PT31S" } });
    expect(idsOf(await search({ q: own }, rep.token))).toEqual([]);
  });

  test("follows a record to another owner", async () => {
    const own = word();
    const stranger = await signedIn("rep", (await admin.call("createTeam", { body: { name: "Others" } })).id);
    const deal = await admin.call("createOpportunity", { body: { name: own, pipelineId, ownerId: rep.id } });
    await until({ q: own }, [deal.id], rep.token);
    expect(idsOf(await search({ q: own }, colleague.token))).toEqual([deal.id]);
    expect(idsOf(await search({ q: own }, stranger.token))).toEqual([]);
    await admin.call("updateOpportunity", { path: { id: deal.id }, ifMatch: 1, body: { ownerId: stranger.id } });
    // The record tells at once whose it is; the index finds it for the other one a moment later.
    expect(idsOf(await search({ q: own }, rep.token))).toEqual([]);
    await until({ q: own }, [deal.id], stranger.token);
  });
});
