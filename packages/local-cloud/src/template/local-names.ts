import { createHash } from "node:crypto";
import type { Json } from "./deployment.ts";

/** Where a resource stands, and how to read a property of it while names are being given. */
export interface NamedPlace {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly region: string;
  readonly accountId: string;
  /** Base URL of the HTTP API. */
  readonly apiUrl: string;
  property(name: string): Json | undefined;
}

/** The local identity of a resource. `attributes` are what `Fn::GetAtt` gives besides `Arn`. */
export interface LocalNames {
  readonly physicalId: string;
  readonly arn: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Naming {
  /** Property that carries the name, when the template chooses it. */
  readonly nameProperty?: string;
  /** The name when the template leaves it to CloudFormation; default `<stack>-<logical id>`. */
  readonly generated?: (place: NamedPlace) => string;
  /** ARN by name; default `arn:aws:<service>:<region>:<account>:<kind>/<name>`. */
  readonly arn?: (name: string, place: NamedPlace) => string;
  /** What `Ref` gives; default the name. */
  readonly ref?: (name: string, place: NamedPlace, arn: string) => string;
  readonly attributes?: (name: string, place: NamedPlace, arn: string) => Readonly<Record<string, string>>;
}

/** Names a resource the same way in every run, so that kept data stays reachable. */
export function nameResource(place: NamedPlace): LocalNames {
  const naming = namings[place.type] ?? {};
  const chosen = naming.nameProperty === undefined ? undefined : place.property(naming.nameProperty);
  const generated = naming.generated ?? ((): string => shorten(`${place.stack}-${place.logicalId}`, 64));
  const physicalId = typeof chosen === "string" ? chosen : generated(place);
  const arn = naming.arn?.(physicalId, place) ?? genericArn(physicalId, place);
  return {
    physicalId,
    arn,
    ref: naming.ref?.(physicalId, place, arn) ?? physicalId,
    attributes: naming.attributes?.(physicalId, place, arn) ?? {},
  };
}

const regional =
  (service: string, resource: string) =>
  (name: string, { region, accountId }: NamedPlace): string =>
    `arn:aws:${service}:${region}:${accountId}:${resource}${name}`;

const refIsArn = (_name: string, _place: NamedPlace, arn: string): string => arn;

const queueUrl = (name: string, { region, accountId }: NamedPlace): string =>
  `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;

const table: Naming = {
  nameProperty: "TableName",
  arn: regional("dynamodb", "table/"),
  // DynamoDB Local gives a stream its own label at creation; inside the template the stream has this lasting one.
  attributes: (_name, _place, arn) => ({ StreamArn: `${arn}/stream/local` }),
};

const namings: Readonly<Record<string, Naming>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::Lambda::Function": { nameProperty: "FunctionName", arn: regional("lambda", "function:") },
  "AWS::Lambda::Version": {
    generated: () => "1",
    arn: (version, place) => `${functionArn(place)}:${version}`,
    ref: refIsArn,
    attributes: (version) => ({ Version: version }),
  },
  "AWS::Lambda::Alias": {
    nameProperty: "Name",
    arn: (name, place) => `${functionArn(place)}:${name}`,
    ref: refIsArn,
    attributes: (_name, _place, arn) => ({ AliasArn: arn }),
  },
  "AWS::IAM::Role": {
    nameProperty: "RoleName",
    arn: (name, { accountId }) => `arn:aws:iam::${accountId}:role/${name}`,
  },
  "AWS::IAM::ManagedPolicy": {
    nameProperty: "ManagedPolicyName",
    arn: (name, { accountId }) => `arn:aws:iam::${accountId}:policy/${name}`,
    ref: refIsArn,
    attributes: (_name, _place, arn) => ({ PolicyArn: arn }),
  },
  "AWS::S3::Bucket": {
    nameProperty: "BucketName",
    generated: ({ stack, logicalId }) => shorten(`${stack}-${logicalId}`.toLowerCase().replace(/[^a-z0-9-]/g, "-"), 63),
    arn: (name) => `arn:aws:s3:::${name}`,
    attributes: (name, { region }) => ({
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    }),
  },
  "AWS::SQS::Queue": {
    nameProperty: "QueueName",
    generated: ({ stack, logicalId, property }) =>
      shorten(`${stack}-${logicalId}`, 75) + (property("FifoQueue") === true ? ".fifo" : ""),
    arn: regional("sqs", ""),
    ref: queueUrl,
    attributes: (name, place) => ({ QueueName: name, QueueUrl: queueUrl(name, place) }),
  },
  "AWS::SNS::Topic": {
    nameProperty: "TopicName",
    arn: regional("sns", ""),
    ref: refIsArn,
    attributes: (name, _place, arn) => ({ TopicName: name, TopicArn: arn }),
  },
  "AWS::Events::EventBus": {
    nameProperty: "Name",
    arn: regional("events", "event-bus/"),
    attributes: (name) => ({ Name: name }),
  },
  "AWS::Events::Rule": {
    nameProperty: "Name",
    arn: (name, place) => {
      const bus = place.property("EventBusName");
      const busName = typeof bus === "string" ? (bus.split("/").at(-1) ?? bus) : "default";
      return regional("events", "rule/")(busName === "default" ? name : `${busName}/${name}`, place);
    },
  },
  "AWS::Scheduler::Schedule": {
    nameProperty: "Name",
    arn: (name, place) => {
      const group = place.property("GroupName");
      return regional("scheduler", "schedule/")(`${typeof group === "string" ? group : "default"}/${name}`, place);
    },
  },
  "AWS::Scheduler::ScheduleGroup": { nameProperty: "Name", arn: regional("scheduler", "schedule-group/") },
  "AWS::StepFunctions::StateMachine": {
    nameProperty: "StateMachineName",
    arn: regional("states", "stateMachine:"),
    ref: refIsArn,
    attributes: (name) => ({ Name: name }),
  },
  "AWS::ApiGatewayV2::Api": {
    generated: (place) => digest(place, 10),
    arn: (id, { region }) => `arn:aws:apigateway:${region}::/apis/${id}`,
    attributes: (id, { apiUrl }) => ({ ApiEndpoint: apiUrl, ApiId: id }),
  },
  "AWS::ApiGatewayV2::Stage": { nameProperty: "StageName" },
  "AWS::ApiGatewayV2::Authorizer": {
    generated: (place) => digest(place, 6),
    attributes: (id) => ({ AuthorizerId: id }),
  },
  "AWS::ApiGatewayV2::Integration": {
    generated: (place) => digest(place, 7),
    attributes: (id) => ({ IntegrationId: id }),
  },
  "AWS::ApiGatewayV2::Route": { generated: (place) => digest(place, 7), attributes: (id) => ({ RouteId: id }) },
  "AWS::Cognito::UserPool": {
    generated: (place) => `${place.region}_${digest(place, 9)}`,
    arn: regional("cognito-idp", "userpool/"),
    attributes: (id, { region }) => ({
      UserPoolId: id,
      ProviderName: `cognito-idp.${region}.amazonaws.com/${id}`,
      ProviderURL: `https://cognito-idp.${region}.amazonaws.com/${id}`,
    }),
  },
  "AWS::Cognito::UserPoolClient": {
    generated: (place) => digest(place, 26),
    attributes: (id) => ({ ClientId: id }),
  },
  "AWS::Cognito::UserPoolGroup": { nameProperty: "GroupName" },
  "AWS::Cognito::UserPoolDomain": { nameProperty: "Domain" },
  "AWS::KMS::Key": {
    generated: (place) => digest(place, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    arn: regional("kms", "key/"),
    attributes: (id) => ({ KeyId: id }),
  },
  "AWS::KMS::Alias": { nameProperty: "AliasName", arn: regional("kms", "") },
  "AWS::Backup::BackupVault": {
    nameProperty: "BackupVaultName",
    arn: regional("backup", "backup-vault:"),
    attributes: (_name, _place, arn) => ({ BackupVaultArn: arn }),
  },
  "AWS::Logs::LogGroup": {
    nameProperty: "LogGroupName",
    arn: (name, place) => `${regional("logs", "log-group:")(name, place)}:*`,
  },
  "AWS::SES::EmailIdentity": { nameProperty: "EmailIdentity", arn: regional("ses", "identity/") },
  "AWS::SES::ConfigurationSet": { nameProperty: "Name", arn: regional("ses", "configuration-set/") },
  "AWS::CloudWatch::Alarm": { nameProperty: "AlarmName", arn: regional("cloudwatch", "alarm:") },
  "AWS::CloudWatch::CompositeAlarm": { nameProperty: "AlarmName", arn: regional("cloudwatch", "alarm:") },
  "AWS::SSM::Parameter": { nameProperty: "Name" },
  "AWS::SecretsManager::Secret": {
    nameProperty: "Name",
    arn: regional("secretsmanager", "secret:"),
    ref: refIsArn,
    attributes: (_name, _place, arn) => ({ Id: arn }),
  },
};

function functionArn(place: NamedPlace): string {
  const name = String(place.property("FunctionName"));
  return name.startsWith("arn:") ? name : regional("lambda", "function:")(name, place);
}

function genericArn(name: string, { type, region, accountId }: NamedPlace): string {
  const [, service = "custom", kind = "resource"] = type.split("::");
  return `arn:aws:${service.toLowerCase()}:${region}:${accountId}:${kind.toLowerCase()}/${name}`;
}

function shorten(name: string, most: number): string {
  if (name.length <= most) return name;
  return `${name.slice(0, most - 9)}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}

/** Letters a-z and digits that stay the same for the same place, like the ids which AWS makes up. */
function digest({ stack, logicalId }: NamedPlace, length: number): string {
  return createHash("sha256").update(`${stack}/${logicalId}`).digest("hex").slice(0, length);
}
