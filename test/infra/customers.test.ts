import { CustomerError, parseCustomer, readCustomer, stackPrefix } from "@shangji/infra/customer";
import { describe, expect, it } from "vitest";
import { customers, synthesised, templatesOf } from "./templates.ts";

const valid = JSON.parse(JSON.stringify(readCustomer("rheintal")));

/** The valid customer with one value replaced; `a.b` names a value inside. */
function altered(path: string, value: unknown): unknown {
  const copy = structuredClone(valid);
  const names = path.split(".");
  const last = names.pop() ?? "";
  let holder = copy;
  for (const name of names) holder = holder[name];
  holder[last] = value;
  return copy;
}

describe("customer files", () => {
  it.each(customers)("of %s are valid", (customer) => {
    expect(readCustomer(customer).customer).toBe(customer);
  });

  it("are three at least besides the local one, and differ in region, mail domain, retention, locale and features", () => {
    const others = customers.filter((customer) => customer !== "local").map(readCustomer);
    expect(others.length).toBeGreaterThanOrEqual(3);
    const distinct = (pick: (customer: (typeof others)[number]) => unknown) =>
      new Set(others.map((customer) => JSON.stringify(pick(customer)))).size;
    for (const pick of [
      ({ region }) => region,
      ({ mailDomain }) => mailDomain,
      ({ retention }) => retention,
      ({ features }) => features,
    ] satisfies ((customer: (typeof others)[number]) => unknown)[]) {
      expect(distinct(pick)).toBe(others.length);
    }
    expect(distinct(({ locale }) => locale)).toBe(2);
  });

  it.each([
    ["customer", 'x","Effect":"Allow'],
    ["customer", "../secrets"],
    ["customer", "acme*"],
    ["customer", "Acme"],
    ["customer", "acme--labs"],
    ["customer", "a".repeat(25)],
    ["customer", "acme\n"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of CloudFormation
    ["customer", "${AWS::AccountId}"],
    ["customer", "客户"],
    ["account", "12345"],
    ["account", "*"],
    ["region", "us-east-1a"],
    ["region", "*"],
    ["region", "xx-moon-1"],
    ["mailDomain", "localhost"],
    ["mailDomain", "mail.example.com/../x"],
    ["mailDomain", 'mail.example"}],"source":[{"prefix":"'],
    ["mailDomain", "*.example.com"],
    ["mailDomain", "-bad.example.com"],
    ["mailDomain", "mail.example.com\r\nBcc: x@y.z"],
    ["zone", "Mars/Olympus"],
    ["zone", "+01:00"],
    ["baseCurrency", "EURO"],
    ["baseCurrency", "eur"],
    ["locale", "de"],
    ["retention.logDays", 33],
    ["retention.pitrDays", 36],
    ["retention.importDays", 0],
    ["retention.auditDays", -1],
    ["retention.auditDays", 1.5],
    ["retention.importDays", Number.NaN],
    ["features.plusSecurity", "yes"],
    ["corsOrigins", ["*"]],
    ["corsOrigins", ["http://crm.example.com"]],
    ["corsOrigins", ["https://crm.example.com/path"]],
    ["corsOrigins", ["https://*.example.com"]],
    ["corsOrigins", ["null"]],
    ["alarmEmail", "a@b.example, c@d.example"],
    ["alarmEmail", "not an address"],
    ["alarmEmail", '"x\r\ny"@example.com'],
    ["apiDomain.name", "api.example.com:8080"],
    ["apiDomain.certificateArn", "arn:aws:acm:us-east-1:444455556666:certificate/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"],
    ["apiDomain.certificateArn", "*"],
    ["throttle.burst", 0],
    ["tableLimits.writeUnits", 1],
    ["unknownSetting", true],
    ["features.unknownFeature", true],
  ])("are refused with %s = %j, and the message names the setting", (path, value) => {
    const setting = path.split(".")[0] ?? "";
    expect(() => parseCustomer(altered(path, value), "x.json")).toThrow(CustomerError);
    const isKnown = !setting.startsWith("unknown") && !path.includes(".unknown");
    expect(() => parseCustomer(altered(path, value), "x.json")).toThrow(isKnown ? setting : /[Uu]nrecognized/);
  });

  it.each(["../package", "no-such-customer", "local.json", "", "LOCAL"])("are not looked for under %j", (name) => {
    expect(() => readCustomer(name)).toThrow(/There is no customer/);
  });

  it("give stacks a name of their own", () => {
    expect(customers.map(readCustomer).map(stackPrefix)).toEqual(["Huaxia", "Local", "PacificSupply", "Rheintal"]);
  });
});

describe("stacks", () => {
  it.each(customers)("of %s are as its file says", async (name) => {
    const customer = readCustomer(name);
    const { ofType } = await templatesOf(name);
    const only = (type: string) => ofType(type)[0]?.Properties;
    expect(only("AWS::ApiGatewayV2::Stage").DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: customer.throttle.requestsPerSecond,
      ThrottlingBurstLimit: customer.throttle.burst,
    });
    expect(only("AWS::ApiGatewayV2::Api").CorsConfiguration?.AllowOrigins ?? []).toEqual(customer.corsOrigins);
    expect(only("AWS::ApiGatewayV2::DomainName")?.DomainName).toBe(customer.apiDomain?.name);
    expect(ofType("AWS::Events::Archive").map(({ Properties }) => Properties.RetentionDays)).toEqual(
      customer.features.eventArchiveDays > 0 ? [customer.features.eventArchiveDays] : [],
    );
    const pool = only("AWS::Cognito::UserPool");
    expect(pool.UserPoolTier).toBe(customer.features.plusSecurity ? "PLUS" : "ESSENTIALS");
    expect(pool.MfaConfiguration).toBe(customer.features.requireMfa ? "ON" : "OPTIONAL");
    expect(pool.EmailConfiguration?.From).toBe(
      customer.features.domainMail ? `no-reply@${customer.mailDomain}` : undefined,
    );
    // Cognito takes no text without both of these, and people are invited in their organisation's language.
    const { EmailMessage, EmailSubject } = pool.AdminCreateUserConfig.InviteMessageTemplate;
    expect(EmailMessage).toContain("{username}");
    expect(EmailMessage).toContain("{####}");
    expect(/[\u4e00-\u9fff]/.test(EmailSubject)).toBe(customer.locale === "zh-CN");
    expect(only("AWS::SES::EmailIdentity").EmailIdentity).toBe(customer.mailDomain);
    const flows: string[] = only("AWS::Cognito::UserPoolClient").ExplicitAuthFlows;
    expect(flows.includes("ALLOW_USER_PASSWORD_AUTH")).toBe(customer.features.passwordSignIn);
    expect(only("AWS::DynamoDB::GlobalTable").WriteOnDemandThroughputSettings?.MaxWriteRequestUnits).toBe(
      customer.tableLimits?.writeUnits,
    );
    const opportunities = ofType("AWS::Lambda::Function").find(
      ({ Metadata }) => Metadata?.["shangji:entry"] === "functions/opportunities/http.ts",
    );
    expect(opportunities?.Properties.Environment?.Variables).toMatchObject({
      CUSTOMER: name,
      ORG_ZONE: customer.zone,
      BASE_CURRENCY: customer.baseCurrency,
      DEFAULT_LOCALE: customer.locale,
    });
    for (const { Metadata, Properties } of ofType("AWS::Lambda::Function")) {
      const isWriter = /events\/publisher|audit\/on-signed-in/.test(String(Metadata?.["shangji:entry"]));
      expect(Properties.Environment?.Variables.AUDIT_DAYS).toBe(
        isWriter ? String(customer.retention.auditDays) : undefined,
      );
    }
  });

  it("keep the audit trail for seven years unless their file says otherwise", () => {
    const { auditDays: _, ...retention } = valid.retention;
    expect(parseCustomer({ ...valid, retention }, "x.json").retention.auditDays).toBe(2_555);
    expect(parseCustomer(altered("retention.auditDays", 0), "x.json").retention.auditDays).toBe(0);
  });

  it("keep the ids of what holds data, whatever the customer and its settings", async () => {
    const ids = await Promise.all(
      customers.map(async (customer) =>
        (await templatesOf(customer)).data
          .filter(({ DeletionPolicy }) => DeletionPolicy === "Retain")
          .map(({ id }) => id)
          .sort(),
      ),
    );
    expect(ids[0]).toEqual([
      "AuditTableB07F8EEB",
      "BackupsVault1F11AFCC",
      "ImportsAccessLogsFFA89924",
      "ImportsBucketB463A28B",
      "Key961B73FD",
      "PeoplePoolC64A4D1E",
      "SearchTableE01A99CF",
      "TableCD117FA1",
      "TotalsTable7C877E4B",
    ]);
    for (const other of ids) expect(other).toEqual(ids[0]);
  });

  it("can be made for a customer that has no file", async () => {
    const customer = parseCustomer(altered("customer", "one-off"), "x.json");
    const { ofType } = await synthesised({ customer });
    expect(ofType("AWS::Events::EventBus")[0]?.Properties.Name).toBe("shangji-one-off");
  });
});
