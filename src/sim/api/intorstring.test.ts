import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledValue } from './intorstring.ts';

describe('a number or percentage', () => {
  it('scales a total, rounding as asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 100_000 }),
        (percent, total) => {
          const exact = BigInt(percent) * BigInt(total);
          expect(scaledValue(`${percent}%`, total, false)).toBe(Number(exact / 100n));
          expect(scaledValue(`${percent}%`, total, true)).toBe(Number((exact + 99n) / 100n));
          expect(scaledValue(percent, total, true)).toBe(percent);
        },
      ),
    );
  });

  it('refuses other texts', () => {
    expect(() => scaledValue('3', 10, true)).toThrow(
      'invalid value for IntOrString: invalid type: string is not a percentage',
    );
    expect(() => scaledValue('x%', 10, true)).toThrow(
      'invalid value for IntOrString: invalid value "x%": strconv.Atoi: parsing "x": invalid syntax',
    );
    expect(() => scaledValue(undefined, 10, true)).toThrow('nil value for IntOrString');
  });
});
