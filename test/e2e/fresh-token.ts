/** Access tokens live for a quarter of an hour of the cloud's clock; one that has less left than this is not used any more. */
const leastLeftMs = 5 * 60_000;

/** How far the cloud's clock is ahead of this machine's, as far as it is known. */
let aheadMs = 0;

/** Whoever moves the cloud's clock tells what it shows now: tokens grow old by it. */
export function clockShows(now: string): void {
  aheadMs = Date.parse(now) - Date.now();
}

/**
 * Gives a token that still holds for a while, and signs in anew when there is none: a long file of tests on a busy machine
 * takes longer than a token lives, and some tests move the clock.
 */
export function freshTokens(signIn: () => Promise<string>): () => Promise<string> {
  let current: Promise<{ token: string; expiresAt: number }> | undefined;
  const renewed = async () => {
    const token = await signIn();
    const { iat, exp } = claimsOf(token);
    aheadMs = iat * 1000 - Date.now();
    return { token, expiresAt: exp * 1000 };
  };
  return async () => {
    current ??= renewed();
    const known = await current;
    if (known.expiresAt - (Date.now() + aheadMs) >= leastLeftMs) return known.token;
    current = renewed();
    return (await current).token;
  };
}

function claimsOf(token: string): { iat: number; exp: number } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}
