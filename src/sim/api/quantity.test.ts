import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  isQuantity,
  milliValue,
  parseQuantity,
  quantityOf,
  subtractQuantities,
  wholeValue,
} from './quantity.ts';

/** The model: an exact fraction, made from the parts a text is written with. */
interface Written {
  text: string;
  numerator: bigint;
  denominator: bigint;
}
const powers: Record<string, [bigint, bigint]> = {
  n: [1n, 10n ** 9n],
  u: [1n, 10n ** 6n],
  m: [1n, 1000n],
  '': [1n, 1n],
  k: [1000n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  Ki: [1024n, 1n],
  Mi: [1024n ** 2n, 1n],
  Gi: [1024n ** 3n, 1n],
  e3: [1000n, 1n],
  'e-2': [1n, 100n],
  'E+6': [10n ** 6n, 1n],
};
const written: fc.Arbitrary<Written> = fc
  .record({
    whole: fc.integer({ min: 0, max: 99_999 }),
    zeros: fc.integer({ min: 0, max: 2 }),
    fraction: fc.option(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 6 }), {
      nil: undefined,
    }),
    suffix: fc.constantFrom(...Object.keys(powers)),
  })
  .map(({ whole, zeros, fraction, suffix }) => {
    const [up, down] = powers[suffix]!;
    const digits = fraction ?? '';
    return {
      text: '0'.repeat(zeros) + whole + (fraction === undefined ? '' : `.${fraction}`) + suffix,
      numerator: (BigInt(whole) * 10n ** BigInt(digits.length) + BigInt(digits === '' ? 0 : digits)) * up,
      denominator: 10n ** BigInt(digits.length) * down,
    };
  });
const ceil = (n: bigint, d: bigint): bigint => (n + d - 1n) / d;

describe('quantities', () => {
  it('are parsed exactly, rounded up to a nano unit', () => {
    fc.assert(
      fc.property(written, (w) => {
        expect(parseQuantity(w.text).nano).toBe(ceil(w.numerator * 10n ** 9n, w.denominator));
        expect(parseQuantity(`-${w.text}`).nano).toBe(-ceil(w.numerator * 10n ** 9n, w.denominator));
      }),
    );
  });

  it('round up to thousandths and whole units', () => {
    fc.assert(
      fc.property(written, (w) => {
        const nano = ceil(w.numerator * 10n ** 9n, w.denominator);
        expect(milliValue(w.text)).toBe(Number(ceil(nano, 10n ** 6n)));
        expect(wholeValue(w.text)).toBe(Number(ceil(nano, 10n ** 9n)));
      }),
    );
  });

  it('add and compare as fractions do', () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const x = parseQuantity(a.text).nano;
        const y = parseQuantity(b.text).nano;
        expect(addQuantities(a.text, b.text).nano).toBe(x + y);
        expect(subtractQuantities(addQuantities(a.text, b.text), b.text).nano).toBe(x);
        expect(compareQuantities(a.text, b.text)).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
    );
  });

  it('print a text that parses to the same amount and prints itself', () => {
    fc.assert(
      fc.property(written, fc.boolean(), (w, negative) => {
        const q = parseQuantity((negative ? '-' : '') + w.text);
        const { text: _, ...canonical } = q;
        const printed = formatQuantity(canonical);
        expect(parseQuantity(printed).nano).toBe(q.nano);
        expect(canonicalQuantity(printed)).toBe(printed);
        expect(printed).toMatch(/^-?[0-9]+([numkMGTPE]|[KMGTPE]i|e-?[0-9]+)?$/);
      }),
    );
  });

  it('keep the suffix of what they are added to, unless that is zero', () => {
    expect(formatQuantity(addQuantities('100m', '0'))).toBe('100m');
    expect(formatQuantity(addQuantities('0', '1Gi'))).toBe('1Gi');
    expect(formatQuantity(addQuantities('512Mi', '512M'))).toBe('1024288Ki');
    expect(formatQuantity(quantityOf(4 * 1024 ** 3, 'BinarySI'))).toBe('4Gi');
  });

  it('say what is wrong in Kubernetes words', () => {
    expect(() => parseQuantity('three')).toThrow(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
    expect(() => parseQuantity('1i')).toThrow("unable to parse quantity's suffix");
    expect(isQuantity('1Gb')).toBe(false);
    expect(isQuantity(0.5)).toBe(true);
  });
});
