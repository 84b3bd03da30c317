/** Quantities: parsing, printing, comparing, adding. */
import { addQuantities, compareQuantities, formatQuantity, milliValue, parseQuantity, subtractQuantities, wholeValue, type QuantityFormat } from '../../sim/api/quantity.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

const nano = (mantissa: number | bigint, exponent: number): string => {
  const shift = exponent + 9;
  return String(shift >= 0 ? BigInt(mantissa) * 10n ** BigInt(shift) : BigInt(mantissa) / 10n ** BigInt(-shift));
};
const read = (text: string): unknown => {
  try {
    const q = parseQuantity(text);
    return [q.nano.toString(), q.format];
  } catch {
    return 'refused';
  }
};
const D: QuantityFormat = 'DecimalSI';
const B: QuantityFormat = 'BinarySI';
const E: QuantityFormat = 'DecimalExponent';
const MAX = 2n ** 63n - 1n;

/** Text, mantissa, decimal exponent, format. */
const parsed: [string, number | bigint, number, QuantityFormat][] = [
  ['0', 0, 0, D], ['0n', 0, 0, D], ['0u', 0, 0, D], ['0m', 0, 0, D], ['0Ki', 0, 0, B], ['0k', 0, 0, D], ['0Mi', 0, 0, B], ['0M', 0, 0, D], ['0Gi', 0, 0, B], ['0G', 0, 0, D], ['0Ti', 0, 0, B],
  ['0T', 0, 0, D], ['1', 1, 0, D], ['1Ki', 1024, 0, B], ['8Ki', 8192, 0, B], ['7Mi', 7 * 1024 ** 2, 0, B], ['6Gi', 6 * 1024 ** 3, 0, B], ['5Ti', 5 * 1024 ** 4, 0, B],
  ['4Pi', 4n * 1024n ** 5n, 0, B], ['3Ei', 3n * 1024n ** 6n, 0, B], ['10Ti', 10 * 1024 ** 4, 0, B], ['100Ti', 100 * 1024 ** 4, 0, B],
  ['5n', 5, -9, D], ['4u', 4, -6, D], ['3m', 3, -3, D], ['9', 9, 0, D], ['8k', 8, 3, D], ['50k', 5, 4, D], ['7M', 7, 6, D], ['6G', 6, 9, D], ['5T', 5, 12, D], ['40T', 4, 13, D], ['300T', 3, 14, D],
  ['2P', 2, 15, D], ['1E', 1, 18, D], ['1E-3', 1, -3, E], ['1e3', 1, 3, E], ['1E6', 1, 6, E], ['1e9', 1, 9, E], ['1E12', 1, 12, E], ['1e15', 1, 15, E], ['1E18', 1, 18, E], ['1e14', 1, 14, E], ['1e13', 1, 13, E],
  ['100.035k', 100035, 0, D], ['0.001', 1, -3, D], ['0.0005k', 5, -1, D], ['0.005', 5, -3, D], ['0.05', 5, -2, D], ['0.5', 5, -1, D], ['0.00050k', 5, -1, D], ['0.00500', 5, -3, D], ['0.05000', 5, -2, D],
  ['0.50000', 5, -1, D], ['0.5e0', 5, -1, E], ['0.5e-1', 5, -2, E], ['0.5e-2', 5, -3, E], ['10.035M', 10035, 3, D], ['1.2e3', 12, 2, E], ['1.3E+6', 13, 5, E], ['1.40e9', 14, 8, E], ['1.53E12', 153, 10, E],
  ['1.6e15', 16, 14, E], ['1.7E18', 17, 17, E], ['9.01', 901, -2, D], ['8.1k', 81, 2, D], ['7.123456M', 7123456, 0, D], ['6.987654321G', 6987654321, 0, D], ['5.444T', 5444, 9, D], ['40.1T', 401, 11, D],
  ['300.2T', 3002, 11, D], ['2.5P', 25, 14, D], ['1.01E', 101, 16, D],
  ['3.001n', 4, -9, D], ['1.1E-9', 2, -9, E], ['0.0000000001', 1, -9, D], ['0.0000000005', 1, -9, D], ['0.00000000050', 1, -9, D], ['0.5e-9', 1, -9, E], ['0.9n', 1, -9, D], ['0.00000012345', 124, -9, D],
  ['0.00000012354', 124, -9, D], ['9Ei', MAX, 0, B], ['9223372036854775807Ki', MAX, 0, B], ['12E', 12, 18, D], ['100.035Ki', 10243584, -2, B], ['0.5Mi', 524288, 0, B], ['0.05Gi', 536870912, -1, B],
  ['0.025Ti', 274877906944, -1, B], ['0.000000000001Ki', 2, -9, D], ['.001', 1, -3, D], ['.0001k', 100, -3, D], ['1.', 1, 0, D], ['1.G', 1, 9, D],
];
const refused = ['', '1.1.M', '1+1.0M', '0.1mi', '0.1am', 'aoeu', '.5i', '1i', '-3.01i', '-3.01e-', '1e4294967297', ' 1', '1 ', 'Non-Numeric'];

/** Mantissa, decimal exponent, format, and how it prints; then other texts of the same amount. */
const printed: [number | bigint, number, QuantityFormat, string, ...string[]][] = [
  [1024 ** 3, 0, B, '1Gi', '1024Mi'], [300 * 1024 ** 2, 0, B, '300Mi', '307200Ki'], [6 * 1024, 0, B, '6Ki'], [1001 * 1024 ** 3, 0, B, '1001Gi', '1025024Mi'], [1024 ** 4, 0, B, '1Ti', '1024Gi'],
  [5, 0, B, '5', '5000m'], [500, -3, B, '500m', '0.5'], [1, 9, D, '1G', '1000M'], [1000, 6, D, '1G', '0.001T'], [1000000, 3, D, '1G'], [1000000000, 0, D, '1G'], [1, -3, D, '1m', '1000u'], [80, -3, D, '80m'],
  [1080, -3, D, '1080m', '1.08'], [108, -2, D, '1080m', '1080000000n'], [300, 6, D, '300M'], [1, 12, D, '1T'], [1, 18, D, '1E'], [1, 21, D, '1e21', '1000E'], [5, 21, D, '5e21', '5000E'],
  [1, 24, D, '1e24', '1000000E'], [1, 70, B, '10e69'], [2, 70, B, '20e69'], [1, 72, B, '1e72'], [2n ** 70n, 0, B, '1180591620717411303424'], [1234567, 6, D, '1234567M'], [1234567, -3, B, '1234567m'], [3, 3, D, '3k'],
  [1025, 0, B, '1025'], [2000, 0, B, '2000'], [0, 0, D, '0'], [0, 0, B, '0'], [1, 9, E, '1e9', '.001e12'], [1, -3, E, '1e-3', '0.001e0'], [1, -9, E, '1e-9', '1000e-12'], [80, -3, E, '80e-3'], [300, 6, E, '300e6'],
  [1, 12, E, '1e12'], [1, 3, E, '1e3'], [3, 3, E, '3e3'], [0, 0, E, '0', '00'], [1, -9, D, '1n'], [80, -9, D, '80n'], [1080, -9, D, '1080n'], [1, -6, D, '1u'], [80, -6, D, '80u'], [1080, -6, D, '1080u'],
];
const emitted: [string, string][] = [
  ['1Ki', '1Ki'], ['1Mi', '1Mi'], ['1Gi', '1Gi'], ['1024Mi', '1Gi'], ['1000M', '1G'], ['.001Ki', '1024m'], ['.000001Ki', '1024u'], ['.000000001Ki', '1024n'], ['.000000000001Ki', '2n'],
];

const cases: ConformanceCase[] = [
  ...parsed.flatMap(([text, mantissa, exponent, format]): ConformanceCase[] => {
    const amount = nano(mantissa, exponent);
    return [
      { name: `${text} is read`, run: () => read(text), expected: [amount, format] },
      { name: `-${text} is read`, run: () => read(`-${text}`), expected: [amount === '0' ? '0' : `-${amount}`, format] },
      { name: `+${text} is read`, run: () => read(`+${text}`), expected: [amount, format] },
    ];
  }),
  ...refused.map((text): ConformanceCase => ({ name: `${JSON.stringify(text)} is refused`, run: () => read(text), expected: 'refused' })),
  ...printed.flatMap(([mantissa, exponent, format, text, ...alternates]): ConformanceCase[] => [
    { name: `${mantissa} times 10^${exponent} prints in ${format}`, run: () => formatQuantity({ nano: BigInt(nano(mantissa, exponent)), format }), expected: text },
    { name: `minus ${mantissa} times 10^${exponent} prints in ${format}`, run: () => formatQuantity({ nano: -BigInt(nano(mantissa, exponent)), format }), expected: text === '0' ? '0' : `-${text}` },
    ...alternates.map((other): ConformanceCase => ({ name: `${other} prints as ${text} (${format})`, run: () => formatQuantity(parseQuantity(other)), expected: text })),
  ]),
  ...emitted.flatMap(([text, out]): ConformanceCase[] => [
    { name: `${text} prints again`, run: () => formatQuantity(parseQuantity(text)), expected: out },
    { name: `-${text} prints again`, run: () => formatQuantity(parseQuantity(`-${text}`)), expected: `-${out}` },
  ]),
  ...([['0', '0', 0], ['100m', '50m', 1], ['50m', '100m', -1], ['10000T', '100Gi', 1]] as const).map(([a, b, order]): ConformanceCase => ({
    name: `${a} compared with ${b}`, run: () => compareQuantities(a, b), expected: order,
  })),
  ...['100m', '1Gi'].flatMap((text): ConformanceCase[] => [
    { name: `${text} plus zero`, run: () => formatQuantity(addQuantities(text, '0')), expected: text },
    { name: `zero plus ${text}`, run: () => formatQuantity(addQuantities('0', text)), expected: text },
    { name: `${text} minus zero`, run: () => formatQuantity(subtractQuantities(text, '0')), expected: text },
    { name: `zero minus ${text}`, run: () => formatQuantity(subtractQuantities('0', text)), expected: `-${text}` },
  ]),
  // Rounding up, away from zero, to whole units and to thousandths.
  ...([['9.01', 10, 9010], ['-9.01', -10, -9010], ['1n', 1, 1], ['1u', 1, 1], ['1m', 1, 1], ['999999n', 1, 1], ['1000001n', 1, 2], ['1500m', 2, 1500], ['1Ki', 1024, 1024000]] as const)
    .flatMap(([text, whole, milli]): ConformanceCase[] => [
      { name: `${text} in whole units`, run: () => wholeValue(text), expected: whole },
      { name: `${text} in thousandths`, run: () => milliValue(text), expected: milli },
    ]),
];

export const quantityCases: CaseArea = {
  area: 'quantity parsing and printing', source: 'staging/src/k8s.io/apimachinery/pkg/api/resource/quantity_test.go', cases,
};
