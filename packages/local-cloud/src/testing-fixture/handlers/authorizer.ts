import { CognitoJwtVerifier } from "aws-jwt-verify";

let asked = 0;
const pool = CognitoJwtVerifier.create({
  userPoolId: process.env.USER_POOL_ID ?? "",
  clientId: process.env.USER_POOL_CLIENT_ID ?? "",
  tokenUse: "access",
});

/** Lets `yes` and every valid access token of the user pool pass. */
export async function handler({ identitySource }: { readonly identitySource: readonly string[] }): Promise<object> {
  asked += 1;
  const [given = ""] = identitySource;
  if (given === "break") throw new Error("the authoriser breaks on purpose");
  if (given === "yes" || given === "no") return { isAuthorized: given === "yes", context: { asked } };
  try {
    const { sub, "cognito:groups": groups } = await pool.verify(given);
    return { isAuthorized: true, context: { sub, groups } };
  } catch (error) {
    return { isAuthorized: false, context: { why: String(error) } };
  }
}
