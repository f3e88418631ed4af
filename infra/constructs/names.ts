import type { Customer } from "../customer.ts";

/**
 * The physical names of a customer's resources. Only what the key's policy must name ahead has one; the rest is named
 * by CloudFormation, so that it can be replaced.
 */
export const busName = ({ customer }: Customer): string => `shangji-${customer}`;
export const archiveName = ({ customer }: Customer): string => `shangji-${customer}-events`;
export const logGroupName = ({ customer }: Customer, what: string): string => `/shangji/${customer}/${what}`;
/** Under `vendedlogs`, or the account's limit on log resource policies is soon reached. */
export const workflowLogGroupName = ({ customer }: Customer, what: string): string =>
  `/aws/vendedlogs/states/shangji-${customer}-${what}`;
/** Tables that are made of a backup are called so, followed by whatever the operator likes. */
export const restoredTablePrefix = ({ customer }: Customer): string => `shangji-${customer}-restored-`;
