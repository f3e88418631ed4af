/**
 * The first attempt is for whose turn it is. Once another lead was first it is for any of those who stand equally, or all that
 * wait would try for the same person again. Ids end in chance, so leads choose differently.
 */
export function spreadOf(leadId: string, attempt: number): number {
  return attempt === 1 ? 0 : Number.parseInt(leadId.slice(-4), 36) + attempt;
}
