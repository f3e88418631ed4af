import { type Client, createClient } from "@shangji/client";
import { inject } from "vitest";
import { assertDocumented } from "./documented.ts";
import { clockShows } from "./fresh-token.ts";
import { tokenOf } from "./tokens.ts";

const stack = inject("stack");

export type TestRole = keyof typeof tokenOf;

export function clientOf(role: TestRole): Client {
  // A test hears of the first answer, whatever it is.
  return createClient({ baseUrl: stack.apiUrl, token: tokenOf[role], retries: 0 });
}

/** The person whose client this is. */
export async function personOf(client: Client) {
  const me = await client.call("getMe", {});
  if (!("user" in me)) throw new Error("a machine is no person");
  return me;
}

export interface RawResponse {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** A request as it is, for what a well-behaved client would never send. */
export async function raw(
  path: string,
  options: {
    method?: string;
    role?: TestRole;
    token?: string;
    body?: unknown;
    text?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<RawResponse> {
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const token = options.token ?? (options.role ? await tokenOf[options.role]() : undefined);
  const method = options.method ?? (text === undefined ? "GET" : "POST");
  const response = await fetch(stack.apiUrl + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(text === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = await response.text();
  const type = response.headers.get("content-type");
  const body = type?.includes("json") ? JSON.parse(answer) : {};
  if (path === "/_local/clock" && response.ok) clockShows(String(body.now));
  if (type?.includes("problem+json")) assertDocumented(method, path, { status: response.status, code: body.code });
  return { status: response.status, headers: response.headers, text: answer, body };
}

/** Asks again until the answer satisfies; the store's consumers run behind the writes. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfies: (answer: T) => boolean,
  seconds = 30,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (Date.now() > until) throw new Error(`never satisfied; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

let made = 0;

/** A pipeline of its own for a test: three open stages, won, lost. */
export async function makePipeline(admin: Client) {
  made += 1;
  return admin.call("createPipeline", {
    body: {
      name: { en: `Pipeline ${made} ${Date.now()}`, "zh-CN": `管道 ${made}` },
      stages: [
        { name: { en: "Qualify", "zh-CN": "确认" }, type: "open" },
        { name: { en: "Propose", "zh-CN": "方案" }, type: "open" },
        { name: { en: "Negotiate", "zh-CN": "谈判" }, type: "open" },
        { name: { en: "Won", "zh-CN": "赢单" }, type: "won" },
        { name: { en: "Lost", "zh-CN": "输单" }, type: "lost" },
      ],
    },
  });
}
