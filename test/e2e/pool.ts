import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { inject } from "vitest";

/** The user pool as an app of the people reaches it. */
export function poolClient() {
  const { cognito, store } = inject("stack");
  const client = new CognitoIdentityProviderClient({
    endpoint: cognito.endpoint,
    region: store.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const initiate = (AuthFlow: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH", AuthParameters: Record<string, string>) =>
    client.send(new InitiateAuthCommand({ AuthFlow, ClientId: cognito.clientId, AuthParameters }));
  return {
    begin: (USERNAME: string, PASSWORD: string) => initiate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD }),
    refresh: (REFRESH_TOKEN: string) => initiate("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN }),
    /**
     * Whether the pool lets the person in at all. To be waited for by this and not by signing in: the local pool writes the
     * whole person at each sign-in, and one that began before the person was locked out would undo that.
     */
    isEnabled: async (Username: string) => {
      const command = new AdminGetUserCommand({ UserPoolId: cognito.userPoolId, Username });
      return (await client.send(command)).Enabled === true;
    },
    /** The first sign-in with the password of an invitation, in which the person chooses one. */
    async signInFirst(email: string, temporary: string, NEW_PASSWORD: string) {
      const { ChallengeName, Session } = await initiate("USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD: temporary });
      const answered = await client.send(
        new RespondToAuthChallengeCommand({
          ClientId: cognito.clientId,
          ChallengeName,
          Session,
          ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
        }),
      );
      return { asked: ChallengeName, token: answered.AuthenticationResult?.AccessToken ?? "" };
    },
  };
}
