import { JwtVerifier } from "aws-jwt-verify";
import { FailedAssertionError, FetchError, JwtBaseError } from "aws-jwt-verify/error";
import type { Fetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache, SimplePenaltyBox } from "aws-jwt-verify/jwk";
import { log } from "./log.ts";

/** Answers the subject of a valid access token, undefined for any other token. */
export type VerifyAccessToken = (token: string) => Promise<string | undefined>;

export interface AccessTokenOptions {
  issuer: string;
  clientId: string;
  fetcher?: Fetcher;
}

/**
 * Checks access tokens of one user pool client: RS256 signature by a key of the issuer, issuer, client, use and expiry.
 * Keys are fetched once; an unknown key id causes a fetch at most once a minute.
 * @throws Error when the keys cannot be fetched, which is no fault of the token.
 */
export function accessTokens({ issuer, clientId, fetcher = plainFetcher }: AccessTokenOptions): VerifyAccessToken {
  const jwksCache = new SimpleJwksCache({ fetcher, penaltyBox: new SimplePenaltyBox({ waitSeconds: 60 }) });
  const verifier = JwtVerifier.create(
    {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      audience: null, // access tokens of Cognito name the client in client_id
      customJwtCheck({ header, payload }) {
        assertIs("alg", header.alg, "RS256");
        assertIs("token_use", payload.token_use, "access");
        assertIs("client_id", payload.client_id, clientId);
        if (typeof payload.exp !== "number") throw new FailedAssertionError("exp is missing", payload.exp);
      },
    },
    { jwksCache },
  );
  return async (token) => {
    try {
      return (await verifier.verify(token)).sub;
    } catch (error) {
      if (error instanceof JwtBaseError && !(error instanceof FetchError)) return undefined;
      throw error;
    }
  };
}

function assertIs(name: string, actual: unknown, expected: string): void {
  if (actual !== expected) throw new FailedAssertionError(`${name} is not ${expected}`, actual, expected);
}

/** Follows the issuer's scheme: the library's own fetcher speaks https only. */
const plainFetcher: Fetcher = {
  async fetch(uri) {
    const response = await fetch(uri, { signal: AbortSignal.timeout(1500) }).catch((error: unknown) => {
      throw new FetchError(uri, error);
    });
    if (!response.ok) throw new FetchError(uri, `status ${response.status}`);
    log("info", { message: "signing keys fetched" });
    return response.arrayBuffer();
  },
};
