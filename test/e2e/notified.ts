import type { Role } from "@shangji/contracts/kit/primitives";
import { expect } from "vitest";
import { clientOf, eventually, raw } from "./api.ts";
import { mailsTo } from "./inbox.ts";
import { type SignedIn, signedIn } from "./sign-in.ts";

const admin = clientOf("admin");
const path = "/v1/notifications";

export interface Shown {
  id: string;
  kind: string;
  title: string;
  text: string;
  readAt?: string;
  subject: { entity: string; id: string };
}

/** The inbox of somebody, once there are as many. */
export async function inboxOf(person: SignedIn, count: number, query = ""): Promise<Shown[]> {
  const ask = async () => {
    const headers = { "accept-language": "zh-CN" };
    const { body } = await raw(path + query, { token: await person.freshToken(), headers });
    return body.items as Shown[];
  };
  return eventually(ask, ({ length }) => length >= count);
}

/** Somebody with an address and a language of their own. */
export async function reader(locale: "zh-CN" | "en" = "zh-CN", role: Role = "rep") {
  const person = await signedIn(role);
  const user = await admin.call("getUser", { path: { id: person.id } });
  await admin.call("updateUser", { path: { id: person.id }, ifMatch: user.version, body: { locale, zone: "UTC" } });
  return { ...person, email: user.email ?? "" };
}

/** Replaces the preferences of somebody. */
export const prefer = async (person: SignedIn, body: object) => {
  const token = await person.freshToken();
  const { headers } = await raw(`${path}/preferences`, { token });
  const answer = await raw(`${path}/preferences`, {
    method: "PUT",
    token,
    body,
    headers: { "if-match": headers.get("etag") ?? "" },
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

/** All mails to somebody, once all of these have been told in one. */
export const mailsWith = ({ email }: { email: string }, told: readonly Pick<Shown, "text">[]) =>
  eventually(
    () => mailsTo(email, 0),
    (mails) => told.every(({ text }) => mails.some((mail) => mail.text.includes(text))),
  );
