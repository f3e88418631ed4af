import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  AliasExistsException,
  type AttributeType,
  CodeDeliveryFailureException,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  UserNotFoundException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { DomainError } from "@shangji/core/kit/domain-error";
import { type PoolUser, Undeliverable, type UserPool } from "@shangji/core/people/ports";
import { clientSettings } from "../client-settings.ts";

/** The people's user pool, as whoever keeps it in step with the directory needs it. */
export function userPool(
  UserPoolId: string,
  client: CognitoIdentityProviderClient = new CognitoIdentityProviderClient(clientSettings),
): UserPool {
  const invitation = (email: string) => ({
    UserPoolId,
    Username: email,
    DesiredDeliveryMediums: ["EMAIL" as const],
    UserAttributes: verified(email),
  });
  return {
    async find(Username) {
      try {
        const { UserAttributes, Enabled, UserStatus } = await client.send(
          new AdminGetUserCommand({ UserPoolId, Username }),
        );
        return personOf({ attributes: UserAttributes, Enabled, UserStatus });
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },
    async invite(email) {
      try {
        const { User } = await client.send(new AdminCreateUserCommand(invitation(email)));
        return personOf({ ...User, attributes: User?.Attributes });
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async inviteAgain(email) {
      const again = new AdminCreateUserCommand({ ...invitation(email), MessageAction: "RESEND" });
      await client.send(again).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
    async setEmail(Username, email) {
      const change = { UserPoolId, Username, UserAttributes: verified(email) };
      await client.send(new AdminUpdateUserAttributesCommand(change)).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
    async setGroup(Username, group) {
      const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
      const names = Groups.flatMap(({ GroupName }) => GroupName ?? []);
      if (!names.includes(group)) {
        await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: group }));
      }
      for (const GroupName of names.filter((name) => name !== group)) {
        await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
      }
    },
    async enable(Username) {
      await client.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    },
    async disable(Username) {
      // In this order: no session can begin after the sign-out.
      await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    },
    async remove(Username) {
      await client.send(new AdminDeleteUserCommand({ UserPoolId, Username })).catch((error: unknown) => {
        if (!(error instanceof UserNotFoundException)) throw error;
      });
    },
  };
}

/** An address that an admin has written down counts as the person's own. */
function verified(email: string): AttributeType[] {
  return [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: "true" },
  ];
}

function personOf({
  attributes = [],
  Enabled,
  UserStatus,
}: {
  attributes?: AttributeType[] | undefined;
  Enabled?: boolean | undefined;
  UserStatus?: string | undefined;
}): PoolUser {
  const attribute = (name: string) => attributes.find(({ Name }) => Name === name)?.Value;
  const subject = attribute("sub");
  if (!subject) throw new Error("the user pool gave no subject");
  return {
    subject,
    email: attribute("email"),
    isEnabled: Enabled === true,
    hasSignedIn: UserStatus !== "FORCE_CHANGE_PASSWORD",
  };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof UsernameExistsException || error instanceof AliasExistsException) {
    return new DomainError("duplicate_value", "Another user of the pool has this e-mail address.", { cause: error });
  }
  const isAddress = error instanceof CodeDeliveryFailureException || error instanceof InvalidParameterException;
  return isAddress ? new Undeliverable("the pool cannot send to this address", { cause: error }) : error;
}
