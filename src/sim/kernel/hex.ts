/**
 * Hex digits without `Number.prototype.toString(16)`, which costs a call into the engine's runtime each time.
 */

const DIGITS = Array.from({ length: 256 }, (_, byte) => (byte < 16 ? '0' : '') + byte.toString(16));

/** Eight hex digits of an unsigned 32-bit integer. */
export function hex32(value: number): string {
  return (
    DIGITS[value >>> 24]! +
    DIGITS[(value >>> 16) & 255]! +
    DIGITS[(value >>> 8) & 255]! +
    DIGITS[value & 255]!
  );
}
