/** A piece of work; pieces of one chain are done one after the other, in their order. */
export interface Piece<T> {
  /** @default a chain of its own */
  chain: string | undefined;
  run(): Promise<T>;
}

/** Does pieces of work side by side, `most` at once at the most, and gives their results in the order of the pieces. */
export async function inChains<T>(pieces: readonly Piece<T>[], most: number): Promise<T[]> {
  const chains = [...Map.groupBy(pieces.entries(), ([index, { chain }]) => chain ?? index).values()];
  const results: T[] = [];
  const waiting = chains.values(); // shared by the workers: each takes the next chain
  const worker = async () => {
    for (const chain of waiting) for (const [index, piece] of chain) results[index] = await piece.run();
  };
  await Promise.all(Array.from({ length: Math.min(most, chains.length) }, worker));
  return results;
}
