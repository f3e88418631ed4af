/** An exact integer: a number while it is a safe one, a bigint beyond. Sums of amounts may pass 2⁵³. */
export type Count = number | bigint;

/** The exact sum of two counts. */
export function sum(left: Count, right: Count): Count {
  if (typeof left === "number" && typeof right === "number") {
    const plain = left + right;
    if (Number.isSafeInteger(plain)) return plain;
  }
  return normal(BigInt(left) + BigInt(right));
}

/** The count with its sign turned. */
export function negated(count: Count): Count {
  // Zero has no sign in the store.
  return count === 0 ? 0 : -count;
}

/** `numerator / denominator` rounded half up to an integer; the denominator is positive. */
export function roundedRatio(numerator: Count, denominator: Count): number {
  const doubled = BigInt(numerator) * 2n + BigInt(denominator);
  const divisor = BigInt(denominator) * 2n;
  const quotient = doubled / divisor;
  return Number(doubled % divisor < 0n ? quotient - 1n : quotient);
}

function normal(count: bigint): Count {
  const plain = Number(count);
  return Number.isSafeInteger(plain) ? plain : count;
}
