import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";
import { type SignedIn, signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
let people: SignedIn[];
let cursor: string;

beforeAll(async () => {
  const team = await admin.call("createTeam", { body: { name: "Cursors" } });
  people = await Promise.all([signedIn("rep", team.id), signedIn("rep", team.id)]);
  for (const name of ["一", "二", "三"]) {
    await raw("/v1/opportunities", { token: people[0]?.token ?? "", body: { name } });
  }
  const page = await ask(0, "limit=1");
  cursor = String(page.body.next);
});

const ask = (person: number, query: string, path = "/v1/opportunities") =>
  raw(`${path}?${query}`, { token: people[person]?.token ?? "" });

describe("attack 6: a cursor", () => {
  test("goes on for the one who was given it", async () => {
    const { status, body } = await ask(0, `limit=1&cursor=${encodeURIComponent(cursor)}`);
    expect({ status, items: (body.items as unknown[]).length }).toEqual({ status: 200, items: 1 });
  });

  test.each<[string, () => ReturnType<typeof ask>]>([
    ["of someone else in the same team", () => ask(1, `limit=1&cursor=${encodeURIComponent(cursor)}`)],
    ["of another query", () => ask(0, `limit=2&cursor=${encodeURIComponent(cursor)}`)],
    ["of another lane", () => ask(0, `limit=1&owner=${people[1]?.id}&cursor=${encodeURIComponent(cursor)}`)],
    ["of another list", () => ask(0, `limit=1&cursor=${encodeURIComponent(cursor)}`, "/v1/accounts")],
    ["cut short", () => ask(0, `limit=1&cursor=${encodeURIComponent(cursor.slice(0, -4))}`)],
    ["made up", () => ask(0, `limit=1&cursor=${Buffer.from('{"lane":0}').toString("base64url")}`)],
    ["that is empty", () => ask(0, "limit=1&cursor=")],
  ])("%s gets nothing", async (_name, send) => {
    const { status, body } = await send();
    expect({ status, code: body.code, items: body.items }).toEqual({
      status: 400,
      code: "invalid_cursor",
      items: undefined,
    });
  });

  test("is read by nobody", () => {
    const texts = cursor.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect(texts.join(" ")).not.toMatch(/opp_|team_|usr_|20\d\d-/);
  });

  test("with any one character changed gets nothing", async () => {
    const positions = Array.from({ length: cursor.length }, (_, at) => at);
    for (const at of positions.filter((at) => at % 7 === 0 || at === cursor.length - 1)) {
      const changed = cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
      const { status, body } = await ask(0, `limit=1&cursor=${encodeURIComponent(changed)}`);
      expect({ at, status, items: body.items }).toEqual({ at, status: 400, items: undefined });
    }
  });
});
