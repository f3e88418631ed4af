import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  GroupExistsException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Role } from "@shangji/contracts/kit/primitives";

export interface SignIn {
  email: string;
  password: string;
  role: Role;
}

/** The user pool of a customer, for making the first people who can sign in. */
export interface SignIns {
  /** Makes a sign-in by e-mail with a permanent password; answers its subject. Repeating it resets the password. */
  create(signIn: SignIn): Promise<string>;
}

export function signInsIn(
  userPoolId: string,
  client: CognitoIdentityProviderClient = new CognitoIdentityProviderClient({}),
): SignIns {
  return {
    async create({ email, password, role }) {
      const subject = await createOrFind(client, userPoolId, email);
      await client.send(
        new AdminSetUserPasswordCommand({
          UserPoolId: userPoolId,
          Username: email,
          Password: password,
          Permanent: true,
        }),
      );
      await joinGroup(client, { UserPoolId: userPoolId, Username: email, GroupName: role });
      return subject;
    },
  };
}

async function createOrFind(client: CognitoIdentityProviderClient, userPoolId: string, email: string): Promise<string> {
  try {
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        MessageAction: "SUPPRESS",
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
    return subjectOf(User?.Attributes);
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
    const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    return subjectOf(UserAttributes);
  }
}

function subjectOf(attributes: { Name?: string | undefined; Value?: string | undefined }[] | undefined): string {
  const subject = attributes?.find((attribute) => attribute.Name === "sub")?.Value;
  if (!subject) throw new Error("the user pool gave no subject");
  return subject;
}

/** Groups mirror the roles for whoever reads the pool; what a role may do is decided by the directory. */
async function joinGroup(
  client: CognitoIdentityProviderClient,
  membership: { UserPoolId: string; Username: string; GroupName: string },
): Promise<void> {
  const { UserPoolId, GroupName } = membership;
  await client.send(new CreateGroupCommand({ UserPoolId, GroupName })).catch((error: unknown) => {
    if (!(error instanceof GroupExistsException)) throw error;
  });
  await client.send(new AdminAddUserToGroupCommand(membership));
}
