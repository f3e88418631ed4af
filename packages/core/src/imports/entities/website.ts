/** Web addresses are mostly written without a scheme. */
export function withScheme(website: string | undefined): string | undefined {
  return website === undefined || /^[a-z]+:/i.test(website) ? website : `https://${website}`;
}
