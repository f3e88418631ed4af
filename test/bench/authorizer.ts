import { createClient } from "@shangji/client";
import { quantile } from "./load.ts";
import type { RunningStack } from "./world.ts";

/** What a call waits for before its function starts: milliseconds at one caller. */
export interface AuthorizerRow {
  token: string;
  calls: number;
  p50: number;
  p95: number;
}

const keys = 200;
const warmUp = 50;
const keysOfAnAccount = 20;

/**
 * The same small call, whose caller the gateway knows (hit), and each time with a key that it has not seen (miss): the
 * difference is what the authoriser takes, its two reads included.
 */
export async function measureAuthorizer({ apiUrl, token }: RunningStack): Promise<AuthorizerRow[]> {
  const admin = createClient({ baseUrl: apiUrl, token });
  const secrets: string[] = [];
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  for (let number = 0; number < (warmUp + keys) / keysOfAnAccount; number++) {
    const { id } = await admin.call("createServiceAccount", { body: { name: `Bench ${number}` } });
    for (let key = 0; key < keysOfAnAccount; key++) {
      const { secret = "" } = await admin.call("createApiKey", {
        path: { id },
        body: { name: `Key ${key}`, scopes: ["account:read"], expiresAt },
      });
      secrets.push(secret);
    }
  }
  const first = secrets[0] ?? "";
  return [
    await row("hit: a key that the gateway has seen", apiUrl, () => first),
    await row("miss: a key that it has not seen", apiUrl, (turn) => secrets[turn] ?? ""),
  ];
}

async function row(name: string, apiUrl: string, tokenOf: (turn: number) => string): Promise<AuthorizerRow> {
  const times: number[] = [];
  for (let turn = 0; turn < warmUp + keys; turn++) {
    const started = performance.now();
    const answer = await fetch(`${apiUrl}/v1/me`, { headers: { authorization: `Bearer ${tokenOf(turn)}` } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`GET /v1/me answered ${answer.status}`);
    if (turn >= warmUp) times.push(performance.now() - started);
  }
  times.sort((left, right) => left - right);
  return { token: name, calls: keys, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}
