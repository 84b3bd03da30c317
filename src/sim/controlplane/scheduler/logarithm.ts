/**
 * Natural logarithms of whole numbers, computed with nothing but the four operations, so that every platform
 * gives the same bits (Math.log may differ in the last one).
 */
const LN2 = 0.6931471805599453;
const known: number[] = [];

/** ln n for a whole n ≥ 1; right to about 1e-15. */
export function naturalLog(n: number): number {
  const memo = known[n];
  if (memo !== undefined) return memo;
  let mantissa = n;
  let exponent = 0;
  while (mantissa > 1.5) {
    mantissa /= 2;
    exponent += 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let term = z;
  let sum = 0;
  for (let k = 1; k < 60; k += 2) {
    sum += term / k;
    term *= square;
  }
  return (known[n] = 2 * sum + exponent * LN2);
}
