/** Waits for both, so that none is cut off by the other's failure. @throws what the first of them that failed has thrown */
export async function allOf<A, B>(...work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
