/** Standard variables of the AWS SDK and of Lambda; they are set where a function runs, never by the stack. */
const endpointVariable = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";

/** Issuer of a user pool's tokens, at the endpoint that the SDK itself would use. */
export function tokenIssuer(userPoolId: string, variables: NodeJS.ProcessEnv = process.env): string {
  const endpoint = variables[endpointVariable];
  if (endpoint) return `${endpoint.replace(/\/$/, "")}/${userPoolId}`;
  return `https://cognito-idp.${variables.AWS_REGION}.amazonaws.com/${userPoolId}`;
}
