/** Sizes in few letters. */

/** Of 1,024 of the one before. */
export const UNITS = ['', 'K', 'M', 'G', 'T'];

/**
 * Rounded up, with a decimal below 10.
 * @example humanSize(1_500) // '1.5K'
 */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  if (unit === 0) return String(size);
  return `${size < 10 ? (Math.ceil(size * 10) / 10).toFixed(1) : Math.ceil(size)}${UNITS[unit]}`;
}
