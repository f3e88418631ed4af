/** Waits for all, so that none is cut off by another's failure. @throws what the first of them that failed has thrown */
export async function allOf<T extends readonly unknown[] | []>(work: T) {
  await Promise.allSettled(work);
  return Promise.all(work);
}
