import type { Template } from "./write-assembly.ts";

const tableArn = { "Fn::ImportValue": "TestData:TableArn" };

/** A stack that keeps data: a table with an index and a stream, a user pool with a client. */
export function dataStack(): Template {
  return {
    Resources: {
      Table: {
        Type: "AWS::DynamoDB::GlobalTable",
        Properties: {
          AttributeDefinitions: ["pk", "sk", "kind"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
          BillingMode: "PAY_PER_REQUEST",
          GlobalSecondaryIndexes: [
            {
              IndexName: "byKind",
              KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            },
          ],
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          Replicas: [{ Region: { Ref: "AWS::Region" } }],
          StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
          TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        },
      },
      Users: {
        Type: "AWS::Cognito::UserPool",
        Properties: { UsernameAttributes: ["email"], Schema: [{ Name: "level", AttributeDataType: "String" }] },
      },
      Staff: {
        Type: "AWS::Cognito::UserPoolGroup",
        Properties: { UserPoolId: { Ref: "Users" }, GroupName: "staff", Precedence: 1 },
      },
      UsersClient: {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: {
          UserPoolId: { Ref: "Users" },
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
          AccessTokenValidity: 15,
          TokenValidityUnits: { AccessToken: "minutes" },
        },
      },
    },
    Outputs: {
      TableName: { Value: { Ref: "Table" }, Export: { Name: "TestData:TableName" } },
      TableArn: {
        Value: { "Fn::GetAtt": ["Table", "Arn"] },
        Export: { Name: { "Fn::Sub": `\${AWS::StackName}:TableArn` } },
      },
      Users: { Value: { Ref: "Users" }, Export: { Name: "TestData:Users" } },
      Client: { Value: { Ref: "UsersClient" }, Export: { Name: "TestData:Client" } },
    },
  };
}

/** A stack with an HTTP API: public and guarded routes to one function, an authoriser, and least grants. */
export function appStack(): Template {
  const stack: Template = {
    Resources: {
      ...roleFor("Things", [
        { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: tableArn },
        { Effect: "Allow", Action: "dynamodb:Query", Resource: { "Fn::Join": ["", [tableArn, "/index/*"]] } },
      ]),
      ...roleFor("Reader", [{ Effect: "Allow", Action: "dynamodb:GetItem", Resource: tableArn }]),
      ...roleFor("Authorizer", []),
      Things: lambda("things", "Things", { TABLE_NAME: { "Fn::ImportValue": "TestData:TableName" } }),
      // The same code under a role that may not write.
      Reader: lambda("things", "Reader", { TABLE_NAME: { "Fn::ImportValue": "TestData:TableName" } }),
      Authorizer: lambda("authorizer", "Authorizer", {
        USER_POOL_ID: { "Fn::ImportValue": "TestData:Users" },
        USER_POOL_CLIENT_ID: { "Fn::ImportValue": "TestData:Client" },
      }),
      Api: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: {
          Name: "test",
          ProtocolType: "HTTP",
          CorsConfiguration: {
            AllowOrigins: ["https://app.example.com"],
            AllowMethods: ["GET", "PUT"],
            AllowHeaders: ["Authorization"],
            ExposeHeaders: ["etag"],
            MaxAge: 600,
          },
        },
      },
      Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties: { ApiId: { Ref: "Api" }, StageName: "$default" } },
      Integration: integration("Things"),
      ReaderIntegration: integration("Reader"),
      ImpatientIntegration: integration("Things", { TimeoutInMillis: 50 }),
      UnpermittedIntegration: integration("Authorizer"),
      Guard: {
        Type: "AWS::ApiGatewayV2::Authorizer",
        Properties: {
          ApiId: { Ref: "Api" },
          AuthorizerType: "REQUEST",
          AuthorizerPayloadFormatVersion: "2.0",
          AuthorizerResultTtlInSeconds: 60,
          AuthorizerUri: {
            "Fn::Join": [
              "",
              [
                "arn:aws:apigateway:",
                { Ref: "AWS::Region" },
                ":lambda:path/2015-03-31/functions/",
                { "Fn::GetAtt": ["Authorizer", "Arn"] },
                "/invocations",
              ],
            ],
          },
          EnableSimpleResponses: true,
          IdentitySource: ["$request.header.Authorization"],
        },
      },
      ThingsPermission: permission("Things", "/*/*"),
      ReaderPermission: permission("Reader", "/*/*/reader/{id}"),
      AuthorizerPermission: permission("Authorizer", `/authorizers/\${Guard}`),
      // A resource that the local cloud does not run, with a property that only AWS can resolve.
      Alarm: {
        Type: "AWS::CloudWatch::Alarm",
        Properties: { MetricName: { "Fn::GetAtt": ["Things", "OnlyAwsKnows"] } },
      },
    },
  };
  const open = [
    "GET /echo/{id}",
    "POST /echo/{id}",
    "GET /echo/fixed",
    "GET /things",
    "GET /things/{id}",
    "PUT /things/{id}",
  ];
  const odd = [
    "GET /slow",
    "GET /crash",
    "GET /throw",
    "GET /log",
    "GET /now",
    "GET /environment",
    "GET /hosts",
    "GET /trivial",
  ];
  for (const routeKey of [...open, ...odd]) addRoute(stack, routeKey, {});
  addRoute(stack, "PUT /reader/{id}", {}, "ReaderIntegration");
  addRoute(stack, "GET /reader/elsewhere", {}, "ReaderIntegration");
  addRoute(stack, "GET /impatient", {}, "ImpatientIntegration");
  addRoute(stack, "GET /unpermitted", {}, "UnpermittedIntegration");
  addRoute(stack, "GET /guarded", { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Guard" } });
  addRoute(stack, "GET /guarded/{id}", { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Guard" } });
  return stack;
}

function integration(target: string, more: object = {}): Template["Resources"][string] {
  return {
    Type: "AWS::ApiGatewayV2::Integration",
    Properties: {
      ApiId: { Ref: "Api" },
      IntegrationType: "AWS_PROXY",
      IntegrationUri: { "Fn::GetAtt": [target, "Arn"] },
      PayloadFormatVersion: "2.0",
      ...more,
    },
  };
}

function addRoute(stack: Template, routeKey: string, guard: object, target = "Integration"): void {
  stack.Resources[`Route${routeKey.replace(/[^A-Za-z]/g, "")}`] = {
    Type: "AWS::ApiGatewayV2::Route",
    Properties: {
      ApiId: { Ref: "Api" },
      RouteKey: routeKey,
      Target: { "Fn::Join": ["/", ["integrations", { Ref: target }]] },
      ...guard,
    },
  };
}

function lambda(handler: string, role: string, Variables: object): Template["Resources"][string] {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Code: { S3Bucket: { "Fn::Sub": `assets-\${AWS::AccountId}-\${AWS::Region}` }, S3Key: `${handler}.zip` },
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      MemorySize: 256,
      Timeout: 5,
      Role: { "Fn::GetAtt": [`${role}Role`, "Arn"] },
      Environment: { Variables },
    },
    Metadata: { "test:entry": `${handler}.ts` },
  };
}

function roleFor(name: string, Statement: object[]): Template["Resources"] {
  const role = {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
      },
    },
  };
  if (Statement.length === 0) return { [`${name}Role`]: role };
  return {
    [`${name}Role`]: role,
    [`${name}Policy`]: {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: `${name}Policy`,
        PolicyDocument: { Version: "2012-10-17", Statement },
        Roles: [{ Ref: `${name}Role` }],
      },
    },
  };
}

function permission(target: string, suffix: string): Template["Resources"][string] {
  return {
    Type: "AWS::Lambda::Permission",
    Properties: {
      Action: "lambda:InvokeFunction",
      FunctionName: { "Fn::GetAtt": [target, "Arn"] },
      Principal: "apigateway.amazonaws.com",
      SourceArn: { "Fn::Sub": `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}${suffix}` },
    },
  };
}
