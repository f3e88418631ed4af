import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** Regions that offer every service of the stacks: HTTP APIs, arm64 functions, Cognito, SES, EventBridge with own keys. */
export const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-north-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
] as const;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
/** Days that CloudWatch Logs accepts as retention. */
const logDays = [7, 14, 30, 60, 90, 120, 180, 365, 400, 545, 731] as const;

/** Whole host name in lower case; nothing in it has a meaning in JSON, ARNs, patterns or ASL. */
const domainName = z
  .string()
  .max(253)
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "must be a domain name in lower case");

// Names go into ARNs, log group names and event patterns, so they are letters, digits and single hyphens only.
const customerName = z
  .string()
  .min(2)
  .max(24)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens");

const corsOrigin = z.string().refine((origin) => {
  const url = URL.parse(origin);
  if (!url || url.origin !== origin) return false;
  const loopback = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  return url.protocol === "https:" ? domainName.safeParse(url.hostname).success : url.protocol === "http:" && loopback;
}, "must be an https origin without a path (http for localhost only)");

const zone = z.string().refine((name) => {
  try {
    return (
      new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "" && /^[A-Za-z]/.test(name)
    );
  } catch {
    return false;
  }
}, "must be an IANA time zone");

const emailAddress = z
  .email()
  .max(254)
  .regex(/^[a-z0-9._+-]+@[a-z0-9.-]+$/i, "must be a plain e-mail address");

/** One customer's deployment. Everything that may differ between customers stands here and nowhere else. */
export const Customer = z
  .strictObject({
    /** Name of the customer; part of stack and resource names, so it can never change. */
    customer: customerName,
    /** AWS account; absent: the account of the credentials that deploy. */
    account: z
      .string()
      .regex(/^\d{12}$/, "must be 12 digits")
      .optional(),
    region: z.enum(regions),
    /** Domain of the mail that the CRM sends; verified in SES by its DKIM records. */
    mailDomain: domainName,
    /** IANA zone in which the organisation's days begin. */
    zone,
    baseCurrency: z.string().refine((code) => currencies.has(code), "must be an ISO 4217 code"),
    locale: z.enum(["zh-CN", "en"]),
    /** Country of phone numbers that are written without a country code (ISO 3166); absent: CN or US, by the language. */
    phoneCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be an ISO 3166 code of two letters")
      .optional(),
    retention: z.strictObject({
      logDays: z.literal(logDays),
      /** After so many days an uploaded CSV and its errors file are deleted. */
      importDays: z.int().min(1).max(365),
      /** After so many days an entry of the audit trail goes; 0: never. */
      auditDays: z.int().min(0).max(36_500).default(2_555),
      /** How far back the tables can be restored. */
      pitrDays: z.int().min(1).max(35),
      /** After so many days a nightly backup goes. What was erased stays in backups as long, and is erased again on a restore. */
      backupDays: z.int().min(1).max(3_650).default(35),
      /** Whether backups outlast those who administer the account: `compliance` can never be taken back. */
      backupLock: z.enum(["none", "governance", "compliance"]).default("none"),
    }),
    features: z.strictObject({
      /** Cognito's Plus plan: threat protection, paid per active user. */
      plusSecurity: z.boolean(),
      /** Second factor for everyone, not just for who wants it. */
      requireMfa: z.boolean(),
      /** Sign-in with a plain password call, for scripts and the local cloud; people use SRP. */
      passwordSignIn: z.boolean(),
      /** Invitations come from the mail domain; switch on once its DKIM records are verified. */
      domainMail: z.boolean(),
      /** Days that every event is kept for a replay; 0 = no archive. */
      eventArchiveDays: z.int().min(0).max(400),
    }),
    /** Web origins that may call the API and upload imports. */
    corsOrigins: z.array(corsOrigin).max(20),
    /** Most requests per second and in a burst, over all callers. */
    throttle: z.strictObject({ requestsPerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5_000) }),
    /** Requests a minute of one caller: of a service account that has no budget of its own, and of a person; 0: no limit. */
    budgets: z
      .strictObject({
        machine: z.int().min(0).max(600_000).default(3_000),
        person: z.int().min(0).max(600_000).default(0),
      })
      .prefault({}),
    /** Cost guard of the table: most read and write units per second; absent: the account's limits. */
    tableLimits: z
      .strictObject({ readUnits: z.int().min(10).max(40_000), writeUnits: z.int().min(10).max(40_000) })
      .optional(),
    /** Who hears of alarms; absent: alarms only change colour. */
    alarmEmail: emailAddress.optional(),
    /** Own name of the API, with a certificate of the same region. */
    apiDomain: z
      .strictObject({
        name: domainName,
        certificateArn: z
          .string()
          .regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/, "must be the ARN of an ACM certificate"),
      })
      .optional(),
  })
  .superRefine((customer, context) => {
    const { apiDomain, region } = customer;
    if (apiDomain && apiDomain.certificateArn.split(":")[3] !== region) {
      context.addIssue({
        code: "custom",
        path: ["apiDomain", "certificateArn"],
        message: `must be in the customer's region ${region}`,
      });
    }
  });
export type Customer = z.infer<typeof Customer>;

const folder = join(import.meta.dirname, "customers");

/** Names of the customers that have a file. */
export function customerNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** A customer file that must not be deployed; the message lists every fault. */
export class CustomerError extends Error {
  override readonly name = "CustomerError";
}

/** The parsed customer. @throws CustomerError with one line per fault. */
export function parseCustomer(value: unknown, source: string): Customer {
  const parsed = Customer.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "file"}: ${message}`);
  throw new CustomerError([`${source} is not a valid customer:`, ...faults].join("\n"));
}

/** Reads `infra/customers/<name>.json`. @throws CustomerError when there is none or it is not valid. */
export function readCustomer(name: string): Customer {
  const known = customerName.safeParse(name).success && existsSync(join(folder, `${name}.json`));
  if (!known)
    throw new CustomerError(`There is no customer ${JSON.stringify(name)}. Known: ${customerNames().join(", ")}`);
  const customer = parseCustomer(readJson(name), `infra/customers/${name}.json`);
  if (customer.customer !== name) {
    throw new CustomerError(`infra/customers/${name}.json calls its customer ${customer.customer}; the two must agree`);
  }
  return customer;
}

function readJson(name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  } catch (cause) {
    throw new CustomerError(`infra/customers/${name}.json is not JSON`, { cause });
  }
}

/** The customer's part of stack names: `acme-labs` -> `AcmeLabs`. */
export function stackPrefix({ customer }: Customer): string {
  return customer.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
}
