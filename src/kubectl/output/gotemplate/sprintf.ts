/** `printf` of templates. Source: fmt/print.go and format.go. */
import { floatText, Int, isList, isMap, typeName, type Value, valueText } from './values.ts';

interface Flags {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly zero: boolean;
  readonly space: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

const quoted = (text: string): string =>
  `"${[...text]
    .map((c) => {
      const code = c.codePointAt(0)!;
      const named = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '"': '\\"', '\\': '\\\\' }[c];
      if (named !== undefined) return named;
      if (code === 7) return '\\a';
      if (code === 8) return '\\b';
      if (code === 11) return '\\v';
      if (code === 12) return '\\f';
      return code < 32 || code === 127 ? `\\x${code.toString(16).padStart(2, '0')}` : c;
    })
    .join('')}"`;

function padded(text: string, { minus, zero, width = 0 }: Flags, numeric = false): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (minus) return text + ' '.repeat(missing);
  if (!zero) return ' '.repeat(missing) + text;
  const sign = numeric && /^[+-]/.test(text) ? text[0]! : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

const signed = (text: string, { plus, space }: Flags): string =>
  text.startsWith('-') ? text : `${plus ? '+' : space ? ' ' : ''}${text}`;

/** `%!d(string=hi)`: the verb is not of such values. */
const bad = (verb: string, value: Value): string =>
  value === null || typeof value === 'symbol'
    ? `%!${verb}(<nil>)`
    : `%!${verb}(${typeName(value)}=${valueText(value)})`;

const exponential = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

function floatFormat(verb: string, value: number, flags: Flags): string {
  const { precision } = flags;
  switch (verb.toLowerCase()) {
    case 'e':
      return exponential(value.toExponential(precision ?? 6));
    case 'f':
      return value.toFixed(precision ?? 6);
    default: {
      if (precision === undefined) {
        // Only `%v` goes on without an exponent up to 1e+21.
        const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
        return verb === 'v' || (exponent >= -4 && exponent < 21)
          ? floatText(value)
          : exponential(value.toExponential());
      }
      const text = value.toPrecision(precision || 1);
      return text.includes('e')
        ? exponential(text.replace(/\.?0+e/, 'e'))
        : text.includes('.')
          ? text.replace(/\.?0+$/, '')
          : text;
    }
  }
}

function intFormat(verb: string, value: number, flags: Flags): string | undefined {
  const hash = (prefix: string, text: string): string =>
    flags.sharp ? text.replace(/^(-?)/, `$1${prefix}`) : text;
  switch (verb) {
    case 'd':
    case 'v':
      return String(value);
    case 'b':
      return value.toString(2);
    case 'o':
      return hash('0', value.toString(8));
    case 'x':
      return hash('0x', value.toString(16));
    case 'X':
      return hash('0X', value.toString(16).toUpperCase());
    case 'c':
      return String.fromCodePoint(value);
    case 'q':
      return `'${String.fromCodePoint(value)}'`;
    case 'U':
      return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
    default:
      return undefined;
  }
}

const hex = (text: string): string =>
  [...new TextEncoder().encode(text)].map((b) => b.toString(16).padStart(2, '0')).join('');

function stringFormat(verb: string, value: string, { precision, sharp }: Flags): string | undefined {
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('');
  switch (verb) {
    case 's':
    case 'v':
      return cut;
    case 'q':
      return sharp && !cut.includes('`') ? `\`${cut}\`` : quoted(cut);
    case 'x':
      return hex(cut);
    case 'X':
      return hex(cut).toUpperCase();
    default:
      return undefined;
  }
}

function formatted(verb: string, value: Value, flags: Flags): string {
  if (verb === 'T') return padded(typeName(value), flags);
  if (value === null || typeof value === 'symbol')
    return verb === 'v' ? padded('<nil>', flags) : bad(verb, value);
  if (typeof value === 'string') {
    const text = stringFormat(verb, value, flags);
    return text === undefined ? bad(verb, value) : padded(text, flags);
  }
  if (typeof value === 'boolean')
    return verb === 't' || verb === 'v' ? padded(String(value), flags) : bad(verb, value);
  if (value instanceof Int) {
    const text = intFormat(verb, value.value, flags);
    return text === undefined ? bad(verb, value) : padded(signed(text, flags), flags, true);
  }
  if (typeof value === 'number')
    return /^[eEfFgGv]$/.test(verb)
      ? padded(signed(floatFormat(verb, value, flags), flags), flags, true)
      : bad(verb, value);
  // Containers give their verb to what is in them.
  if (isList(value)) return `[${value.map((item) => formatted(verb, item, flags)).join(' ')}]`;
  if (isMap(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${formatted(verb, key, flags)}:${formatted(verb, value[key]!, flags)}`)
      .join(' ')}]`;
  return bad(verb, value);
}

/** @example sprintf('%-5s|%d', ['a', new Int(3)]) // 'a    |3' */
export function sprintf(format: string, args: readonly Value[]): string {
  let next = 0;
  const star = (): number | undefined => {
    const value = args[next];
    next += 1;
    return value instanceof Int ? value.value : undefined;
  };
  const text = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([\s\S])?/g,
    (whole, signs: string, width: string | undefined, precision: string | undefined, verb?: string) => {
      if (verb === undefined) return '%!(NOVERB)';
      const wide = width === '*' ? star() : width === undefined ? undefined : Number(width);
      const hasPoint = /^%[-+# 0]*(?:\*|\d+)?\./.test(whole);
      const exact = precision === '*' ? star() : hasPoint ? Number(precision ?? 0) : undefined;
      if (verb === '%') return '%';
      const flags: Flags = {
        minus: signs.includes('-') || (wide ?? 0) < 0,
        plus: signs.includes('+'),
        sharp: signs.includes('#'),
        zero: signs.includes('0') && !signs.includes('-'),
        space: signs.includes(' '),
        width: wide === undefined ? undefined : Math.abs(wide),
        precision: exact,
      };
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const value = args[next]!;
      next += 1;
      return formatted(verb, value, flags);
    },
  );
  const extra = args.slice(next).map((value) => {
    const name = typeName(value);
    return name === '<nil>' ? '<nil>' : `${name}=${valueText(value)}`;
  });
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}
