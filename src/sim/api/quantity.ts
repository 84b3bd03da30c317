/**
 * Resource quantities: `500m`, `1.5Gi`, `1e3`. Every quantity is a whole number of nano units, so arithmetic
 * is exact. Models staging/src/k8s.io/apimachinery/pkg/api/resource/{quantity,suffix,math}.go.
 */
import { remembered } from '../kernel/memo.ts';

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A parsed quantity: plain data. */
export interface Quantity {
  /** The amount in units of 10^-9. */
  readonly nano: bigint;
  /** How it was written, and is printed again. */
  readonly format: QuantityFormat;
  /** The text it was parsed from, where Kubernetes keeps that instead of printing the canonical form. */
  readonly text?: string;
}

export type QuantityInput = string | number | Quantity;

export const QUANTITY_FORMAT_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const QUANTITY_NUMERIC_ERROR = 'unable to parse numeric part of quantity';
const QUANTITY_SUFFIX_ERROR = "unable to parse quantity's suffix";

const SCAN = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_EXPONENTS: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = 1_000_000_000n;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;
/** Exponents beyond this are refused: Kubernetes takes up to 2^31, lazily, and no quantity means that. */
const MAX_EXPONENT = 1000;
const MAX_INT64_DIGITS = 18;

const own = (table: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function interpretSuffix(suffix: string): { base: 2 | 10; exponent: number; format: QuantityFormat } {
  const decimal = own(DECIMAL_EXPONENTS, suffix);
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'DecimalSI' };
  const binary = own(BINARY_EXPONENTS, suffix);
  if (binary !== undefined) return { base: 2, exponent: binary, format: 'BinarySI' };
  if (/^[eE][+-]?[0-9]+$/.test(suffix)) {
    const exponent = Number(suffix.slice(1));
    if (exponent <= MAX_EXPONENT && exponent >= -(2 ** 31 - 1))
      return { base: 10, exponent, format: 'DecimalExponent' };
  }
  throw new Error(QUANTITY_SUFFIX_ERROR);
}

/** digits × 10^exponent in nano units, rounded up to the next whole one. */
function toNano(digits: string, exponent: number): bigint {
  const shift = exponent + 9;
  const value = BigInt(digits === '' ? '0' : digits);
  if (shift >= 0) return value * 10n ** BigInt(shift);
  if (value === 0n) return 0n;
  if (-shift > digits.length) return 1n;
  const divisor = 10n ** BigInt(-shift);
  return (value + divisor - 1n) / divisor;
}

/** @throws Error with Kubernetes' message when the text is not a quantity */
export function parseQuantity(input: string | number): Quantity {
  const text = typeof input === 'number' ? String(input) : input;
  if (text === '') throw new Error(QUANTITY_FORMAT_ERROR);
  const scanned = SCAN.exec(text);
  if (scanned === null) throw new Error(QUANTITY_FORMAT_ERROR);
  const [, sign, wholeDigits, fraction = '', suffix] = scanned as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
  ];
  const whole = wholeDigits === '' ? '0' : wholeDigits;
  const { base, exponent, format } = interpretSuffix(suffix);
  const negative = sign === '-';

  if (format === 'BinarySI') {
    const fast = fraction === '' && 15 - whole.length - Math.trunc((exponent * 3) / 10) - 1 >= 0;
    if (!fast && wholeDigits === '' && fraction === '' && !/[0-9]/.test(text))
      throw new Error(QUANTITY_NUMERIC_ERROR);
    const scaled = BigInt(whole + fraction) * 2n ** BigInt(exponent);
    let nano = fast ? scaled * NANO : toNano(scaled.toString(), -fraction.length);
    if (!fast && nano > MAX_BINARY) nano = MAX_BINARY;
    const printed: QuantityFormat = !fast && nano > 0n && nano < NANO ? 'DecimalSI' : format;
    const signed = negative ? -nano : nano;
    return fast && (BigInt(whole) & 7n) !== 0n
      ? { nano: signed, format: printed, text }
      : { nano: signed, format: printed };
  }

  const scale = base === 10 ? exponent - fraction.length : 0;
  const digits = whole + fraction;
  const fast = MAX_INT64_DIGITS - digits.length >= 0 && scale >= -9;
  const nano = toNano(digits, scale);
  const signed = negative ? -nano : nano;
  if (text === '0' || (fast && scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0'))
    return { nano: signed, format, text };
  return { nano: signed, format };
}

export const asQuantity = (q: QuantityInput): Quantity => (typeof q === 'object' ? q : parseQuantity(q));

/** A quantity of whole units, as resource.NewQuantity. */
export const quantityOf = (value: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity => ({
  nano: BigInt(value) * NANO,
  format,
});

/** Quotient rounded away from zero. */
function divideUp(value: bigint, divisor: bigint): number {
  const quotient = value / divisor;
  if (quotient * divisor === value) return Number(quotient);
  return Number(value > 0n ? quotient + 1n : quotient - 1n);
}

const milliOf = (q: Quantity): number => divideUp(q.nano, 1_000_000n);
const wholeOf = (q: Quantity): number => divideUp(q.nano, NANO);

const KEPT = 20_000;
const milliOfText = remembered(KEPT, (q: string | number) => milliOf(parseQuantity(q)));
const wholeOfText = remembered(KEPT, (q: string | number) => wholeOf(parseQuantity(q)));
const canonicalOfText = remembered(KEPT, (q: string | number) => formatQuantity(parseQuantity(q)));

/** Thousandths, rounded up (away from zero): `0.1` is 100. @throws as parseQuantity */
export function milliValue(q: QuantityInput): number {
  return typeof q === 'object' ? milliOf(q) : milliOfText(q);
}

/** Whole units, rounded up (away from zero): `1500m` is 2, `1Ki` is 1024. @throws as parseQuantity */
export function wholeValue(q: QuantityInput): number {
  return typeof q === 'object' ? wholeOf(q) : wholeOfText(q);
}

/** -1, 0 or 1. */
export function compareQuantities(a: QuantityInput, b: QuantityInput): -1 | 0 | 1 {
  if (a === b) return 0;
  const x = asQuantity(a).nano;
  const y = asQuantity(b).nano;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum, in a's format; where a is zero, in b's. */
export function addQuantities(a: QuantityInput, b: QuantityInput): Quantity {
  const x = asQuantity(a);
  const y = asQuantity(b);
  return { nano: x.nano + y.nano, format: x.nano === 0n ? y.format : x.format };
}

/** The difference, in a's format; where a is zero, in b's. */
export function subtractQuantities(a: QuantityInput, b: QuantityInput): Quantity {
  const x = asQuantity(a);
  const y = asQuantity(b);
  return { nano: x.nano - y.nano, format: x.nano === 0n ? y.format : x.format };
}

function formatDecimal(nano: bigint, exponents: boolean): string {
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    exponent += 3;
  }
  const suffix = exponents ? undefined : DECIMAL_SUFFIXES[exponent / 3 + 3];
  if (suffix !== undefined) return `${mantissa}${suffix}`;
  return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
}

/** The canonical text: no fraction, the largest suffix that loses nothing, in the quantity's own format. */
export function formatQuantity(q: Quantity): string {
  if (q.text !== undefined) return q.text;
  if (q.nano === 0n) return '0';
  if (q.format !== 'BinarySI') return formatDecimal(q.nano, q.format === 'DecimalExponent');
  const small = q.nano > -1024n * NANO && q.nano < 1024n * NANO;
  if (small || q.nano % NANO !== 0n) return formatDecimal(q.nano, false);
  let mantissa = q.nano / NANO;
  let step = 0;
  while (mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    step++;
  }
  const suffix = BINARY_SUFFIXES[step];
  return suffix === undefined ? formatDecimal(q.nano, true) : `${mantissa}${suffix}`;
}

/**
 * What Kubernetes stores and shows for a quantity as written: `0.5` is `500m`, `1024Mi` is `1Gi`. @throws as
 * parseQuantity
 */
export function canonicalQuantity(q: string | number): string {
  return canonicalOfText(q);
}

/** Whether the text is a quantity. */
export function isQuantity(q: unknown): q is string | number {
  if (typeof q !== 'string' && typeof q !== 'number') return false;
  try {
    wholeValue(q);
    return true;
  } catch {
    return false;
  }
}
