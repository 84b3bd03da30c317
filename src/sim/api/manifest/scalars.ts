/**
 * What a plain YAML scalar means to kubectl, which reads YAML 1.1 as sigs.k8s.io/yaml does with its go-yaml
 * v2: `y`, `yes` and `on` are true, `0644` is octal, `1:30` and dates stay strings. Models
 * goyaml.v2/resolve.go.
 */
const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w): [string, boolean] => [
    w,
    true,
  ]),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w): [string, boolean] => [w, false],
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((w): [string, null] => [w, null]),
  ...['.nan', '.NaN', '.NAN'].map((w): [string, number] => [w, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((w): [string, number] => [w, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((w): [string, number] => [w, -Infinity]),
]);
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const RADIX: readonly [RegExp, number][] = [
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
  [/^([-+]?)0[bB]([01]+)$/, 2],
  [/^([-+]?)0[oO]?([0-7]+)$/, 8],
  [/^([-+]?)(0|[1-9][0-9]*)$/, 10],
];

export type Scalar = string | number | boolean | null;

/** May be NaN or infinite, which JSON cannot say. */
export function resolvePlain(text: string): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text[0]!;
  if (first === '.') return FLOAT.test(text) ? Number(text) : text;
  if (!'+-0123456789'.includes(first)) return text;
  const plain = text.replaceAll('_', '');
  for (const [pattern, radix] of RADIX) {
    const match = pattern.exec(plain);
    if (match !== null) return (match[1] === '-' ? -1 : 1) * Number.parseInt(match[2]!, radix) + 0;
  }
  return FLOAT.test(plain) ? Number(plain) : text;
}
