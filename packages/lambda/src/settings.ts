import type { OrganizationSettings } from "@shangji/core/organization/ports";
import { env, required } from "./env.ts";
import { type Language, languageOf } from "./problem.ts";

export function settingsFromEnv(): OrganizationSettings {
  return {
    customer: required(env.customer),
    baseCurrency: required(env.baseCurrency),
    zone: required(env.orgZone),
    locale: required(env.defaultLocale),
  };
}

/** Where S3 is: variables of Lambda and of the SDK, which no stack sets. */
export function s3FromEnv(variables: NodeJS.ProcessEnv = process.env): {
  region: string;
  endpoint: string | undefined;
} {
  return { region: variables.AWS_REGION ?? "", endpoint: variables.AWS_ENDPOINT_URL_S3 };
}

/** The clock and the randomness of a deployed function. */
export const systemClock = { now: () => new Date() };
export const randomBytes = () => crypto.getRandomValues(new Uint8Array(10));
/** 256 bits, as many as a secret needs. */
export const secretBytes = () => crypto.getRandomValues(new Uint8Array(32));

/** How many days an entry of the audit trail is kept; 0: for ever. */
export function auditDays(): number {
  return Number(required(env.auditDays));
}

/** The language of answers to callers that ask for none. */
export function defaultLanguage(): Language {
  return languageOf(required(env.defaultLocale), "en");
}
