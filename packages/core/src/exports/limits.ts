/** Bounds of an export: they keep its memory flat and its chunks short, whatever is asked for. */
export const exportLimits = {
  /** Records of one file. More is what a backup is for. */
  rows: 1_000_000,
  /** A chunk ends with whichever comes first: so many records, about, or so many pages of a list looked through for them. */
  chunkRows: 5_000,
  chunkPages: 20,
  /** Records asked for at once. */
  pageRows: 500,
  /** How long a link to the file works: a click, and a slow start of the download. */
  linkSeconds: 300,
  /**
   * What has changed this long before the beginning, or since, is read last. It is more than the clocks of two machines
   * differ by.
   */
  marginSeconds: 10,
  /** The indexes follow their records within this time, so what changes during the job is read that much after the rest. */
  settleSeconds: 2,
} as const;
