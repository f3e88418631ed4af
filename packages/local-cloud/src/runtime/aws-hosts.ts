/** First labels of AWS host names by the environment variable that overrides the service's endpoint. */
const labels: Readonly<Record<string, readonly string[]>> = {
  AWS_ENDPOINT_URL_DYNAMODB: ["dynamodb"],
  AWS_ENDPOINT_URL_S3: ["s3"],
  AWS_ENDPOINT_URL_EVENTBRIDGE: ["events"],
  AWS_ENDPOINT_URL_SQS: ["sqs"],
  AWS_ENDPOINT_URL_SFN: ["states"],
  AWS_ENDPOINT_URL_SCHEDULER: ["scheduler"],
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: ["cognito-idp", "issuer-cognito-idp"],
  AWS_ENDPOINT_URL_SES: ["email"],
  AWS_ENDPOINT_URL_SESV2: ["email"],
};

/** Local base URLs by the label of AWS host names which they stand in for. */
export function awsHosts(endpoints: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(endpoints).flatMap(([variable, url]) => (labels[variable] ?? []).map((label) => [label, url])),
  );
}
