/**
 * What one page of a list may read, about 125 read units either way: a record in a lane is a fifth of what it is by its key,
 * as the orders by closing date and amount hold keys only.
 */
export const readBudget = {
  /** Records of lanes that hold whole records. */
  records: 1_000,
  /** Records that are looked up one by one, in the order of their keys. */
  lookups: 250,
  /** Records that figures are counted of one by one, where no cell tells them apart: twice a page. */
  figures: 2_000,
} as const;
