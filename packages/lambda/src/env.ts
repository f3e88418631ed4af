/** Names of the variables that functions read; infra sets them, and nothing else is read from the environment. */
export const env = {
  tableName: "TABLE_NAME",
  auditTableName: "AUDIT_TABLE_NAME",
  searchTableName: "SEARCH_TABLE_NAME",
  totalsTableName: "TOTALS_TABLE_NAME",
  auditDays: "AUDIT_DAYS",
  busName: "BUS_NAME",
  importDays: "IMPORT_DAYS",
  importsBucket: "IMPORTS_BUCKET",
  importStateMachineArn: "IMPORT_STATE_MACHINE_ARN",
  userPoolId: "USER_POOL_ID",
  userPoolClientId: "USER_POOL_CLIENT_ID",
  orgZone: "ORG_ZONE",
  baseCurrency: "BASE_CURRENCY",
  defaultLocale: "DEFAULT_LOCALE",
  phoneCountry: "PHONE_COUNTRY",
  mailFrom: "MAIL_FROM",
  sendsMail: "SENDS_MAIL",
  customer: "CUSTOMER",
  machineRequestsPerMinute: "MACHINE_REQUESTS_PER_MINUTE",
  personRequestsPerMinute: "PERSON_REQUESTS_PER_MINUTE",
} as const;

export type EnvName = (typeof env)[keyof typeof env];

/** Reads a variable that the stack must have set. @throws Error when it is missing: a wiring fault, seen at cold start. */
export function required(name: EnvName): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
