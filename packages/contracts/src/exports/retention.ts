/** For so many days the file of an export is kept: long enough to be fetched after a weekend or a leave, and no longer. */
export const exportDays = 7;
