import type { Input } from "@shangji/client";
import type { ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import { clientOf, raw } from "../e2e/api.ts";

const admin = clientOf("admin");

/** What time it is in the local cloud. */
export async function localNow(): Promise<number> {
  const { body } = await raw("/_local/clock");
  return Date.parse(String(body.now));
}

/** The secret of a key that has just been made. */
export function secretOf({ secret }: { secret?: string }): string {
  if (secret === undefined) throw new Error("the key comes without its secret");
  return secret;
}

/** A service account of its own with one key. */
export async function makeKey(options: {
  scopes: Input<"createApiKey">["body"]["scopes"];
  role?: ServiceAccount["role"];
  lifeSeconds?: number;
}) {
  const { scopes, role = "integration", lifeSeconds = 86_400 } = options;
  const account = await admin.call("createServiceAccount", { body: { name: "Attacked", role } });
  const expiresAt = new Date((await localNow()) + lifeSeconds * 1000).toISOString();
  const key = await admin.call("createApiKey", {
    path: { id: account.id },
    body: { name: "k", scopes, expiresAt },
  });
  return { account, key, secret: secretOf(key) };
}
