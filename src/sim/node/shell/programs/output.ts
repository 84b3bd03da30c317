/** Programs that write what they are told: echo, printf, seq, yes, date, and encodings. */
import { bytesOfText } from '../../files/bytetext.ts';
import { EPOCH } from '../../../api/time.ts';
import type { Call, Program } from '../call.ts';
import { absolute } from '../paths.ts';
import { optionsOf } from './options.ts';
import { calledWrongly } from './usage.ts';
import { whole } from './text.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};

/** Backslash sequences; `\c` ends the text. @param leadingZero octal numbers are written `\0101` */
function unescaped(text: string, leadingZero: boolean): { text: string; ends: boolean } {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i];
      continue;
    }
    const octal = (leadingZero ? /^\\0([0-7]{0,3})/ : /^\\([0-7]{1,3})/).exec(text.slice(i));
    const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(text.slice(i));
    const next = text[i + 1]!;
    if (next === 'c') return { text: out, ends: true };
    if (octal !== null || hex !== null) {
      out += String.fromCharCode(
        octal === null ? Number.parseInt(hex![1]!, 16) : Number.parseInt(octal[1] || '0', 8),
      );
      i += (octal ?? hex)![0].length - 1;
    } else {
      out += Object.hasOwn(ESCAPES, next) ? ESCAPES[next] : `\\${next}`;
      i += 1;
    }
  }
  return { text: out, ends: false };
}

const echo: Program = (call) => {
  const words = call.argv.slice(1);
  let newline = true;
  let escapes = call.dash;
  while ((call.dash ? /^-n$/ : /^-[neE]+$/).test(words[0] ?? '')) {
    const flag = words.shift()!;
    if (flag.includes('n')) newline = false;
    if (flag.includes('e')) escapes = true;
    if (flag.includes('E')) escapes = false;
  }
  const { text, ends } = escapes ? unescaped(words.join(' '), true) : { text: words.join(' '), ends: false };
  call.out(text + (newline && !ends ? '\n' : ''));
  return 0;
};

export function printf(call: Pick<Call, 'argv' | 'env' | 'out' | 'err'>): number {
  const [format, ...given] = call.argv.slice(1).filter((word, i) => !(i === 0 && word === '--'));
  if (format === undefined) {
    call.err('printf: usage: printf format [arguments]\n');
    return 2;
  }
  let code = 0;
  let at = 0;
  let out = '';
  const next = (): string | undefined => given[at++];
  const number = (text: string | undefined): number => {
    if (text === undefined || text === '') return 0;
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    const value = Number(/^-?0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : text);
    if (Number.isNaN(value)) {
      call.err(
        call.env.busybox ? `printf: invalid number '${text}'\n` : `printf: ${text}: expected numeric value\n`,
      );
      code = 1;
      return Number.parseFloat(text) || 0;
    }
    return value;
  };
  do {
    const before = at;
    for (let i = 0; i < format.length; i++) {
      const rest = format.slice(i);
      const spec = /^%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?([diouxXeEfFgGcsbq%])/.exec(rest);
      if (spec !== null) {
        i += spec[0].length - 1;
        const [, flags = '', width = '', precision, kind] = spec;
        if (kind === '%') {
          out += '%';
          continue;
        }
        const size = width === '*' ? number(next()) : Number(width || 0);
        const digits =
          precision === undefined ? undefined : precision === '*' ? number(next()) : Number(precision || 0);
        let text: string;
        if (kind === 'b') {
          const { text: plain, ends } = unescaped(next() ?? '', true);
          text = plain;
          if (ends) {
            call.out(out + text);
            return code;
          }
        } else
          text = formatted(
            kind!,
            flags,
            digits,
            kind === 's' || kind === 'c' || kind === 'q' ? (next() ?? '') : number(next()),
          );
        const zero = flags.includes('0') && !flags.includes('-') && !'sbcq'.includes(kind!);
        const sign = zero && /^[-+]/.test(text) ? text.slice(0, 1) : '';
        out += flags.includes('-')
          ? text.padEnd(size)
          : zero
            ? sign + text.slice(sign.length).padStart(size - sign.length, '0')
            : text.padStart(size);
      } else if (rest.startsWith('\\')) {
        const sequence = /^\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)/s.exec(rest)?.[0] ?? '\\';
        const { text, ends } = unescaped(sequence, false);
        if (ends) {
          call.out(out);
          return code;
        }
        out += text;
        i += sequence.length - 1;
      } else out += format[i];
    }
    // Without a place for them, arguments that are left are not looked at.
    if (at === before) break;
  } while (at < given.length && out.length < 1_000_000);
  call.out(out);
  return code;
}

function formatted(kind: string, flags: string, digits: number | undefined, value: string | number): string {
  if (typeof value === 'string')
    return kind === 'c' ? value.slice(0, 1) : digits === undefined ? value : value.slice(0, digits);
  const plus = flags.includes('+') && value >= 0 ? '+' : '';
  switch (kind) {
    case 'd':
    case 'i':
      return `${plus}${String(Math.trunc(value)).replace(/^(-?)(\d+)$/, (_, sign: string, n: string) => sign + n.padStart(digits ?? 0, '0'))}`;
    case 'o':
      return Math.trunc(value).toString(8);
    case 'x':
      return (flags.includes('#') ? '0x' : '') + Math.trunc(value).toString(16);
    case 'X':
      return Math.trunc(value).toString(16).toUpperCase();
    case 'e':
    case 'E':
      return value.toExponential(digits ?? 6).replace(/e([-+])(\d)$/, 'e$10$2');
    case 'g':
    case 'G':
      return String(Number(value.toPrecision(digits || 6)));
    case 'f':
    case 'F':
      return plus + value.toFixed(Math.min(digits ?? 6, 20));
    default:
      return String(Math.trunc(value));
  }
}

const MOST_NUMBERS = 100_000;

const seq: Program = (call) => {
  const options = optionsOf(
    call.argv.map((word) => (/^-\d/.test(word) ? `\0${word}` : word)),
    'sf',
    ['separator', 'format'],
  );
  const numbers = options.operands.map((word) => Number(word.replace('\0', '')));
  if (numbers.length === 0) return calledWrongly(call);
  const wrong = options.operands.find((word) => Number.isNaN(Number(word.replace('\0', ''))));
  if (wrong !== undefined) {
    if (call.env.busybox) call.err(`seq: invalid number '${wrong}'\n`);
    else calledWrongly(call, `invalid floating point argument: '${wrong}'`);
    return 1;
  }
  const [from, step, to] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!];
  const decimals = Math.max(...options.operands.map((word) => (/\.(\d+)$/.exec(word)?.[1] ?? '').length));
  const out: string[] = [];
  for (let i = 0; i < MOST_NUMBERS && step !== 0; i++) {
    const n = from + i * step;
    if (step > 0 ? n > to + 1e-9 : n < to - 1e-9) break;
    out.push(n.toFixed(decimals));
  }
  const width = options.has('w') ? Math.max(0, ...out.map((text) => text.length)) : 0;
  const separator = options.value('s', 'separator') ?? '\n';
  if (out.length > 0) call.out(`${out.map((text) => text.padStart(width, '0')).join(separator)}\n`);
  return 0;
};

const yes: Program = (call) => {
  call.out(`${call.argv.slice(1).join(' ') || 'y'}\n`.repeat(100));
  // It writes for as long as somebody reads.
  return { waitMs: 1, state: null };
};

const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const two = (n: number, fill = '0'): string => String(n).padStart(2, fill);

function dateText(at: number, format: string): string {
  const date = new Date(at);
  const values: Readonly<Record<string, () => string>> = {
    '%': () => '%',
    n: () => '\n',
    t: () => '\t',
    Y: () => String(date.getUTCFullYear()),
    y: () => two(date.getUTCFullYear() % 100),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => two(date.getUTCDate(), ' '),
    H: () => two(date.getUTCHours()),
    I: () => two(date.getUTCHours() % 12 || 12),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    N: () => String(date.getUTCMilliseconds() * 1e6).padStart(9, '0'),
    s: () => String(Math.floor(at / 1000)),
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    Z: () => 'UTC',
    z: () => '+0000',
    A: () => DAYS[date.getUTCDay()]!,
    a: () => DAYS[date.getUTCDay()]!.slice(0, 3),
    B: () => MONTHS[date.getUTCMonth()]!,
    b: () => MONTHS[date.getUTCMonth()]!.slice(0, 3),
    h: () => MONTHS[date.getUTCMonth()]!.slice(0, 3),
    u: () => String(date.getUTCDay() || 7),
    w: () => String(date.getUTCDay()),
    j: () =>
      String(
        Math.floor(
          (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
            Date.UTC(date.getUTCFullYear(), 0, 0)) /
            86_400_000,
        ),
      ).padStart(3, '0'),
    F: () => dateText(at, '%Y-%m-%d'),
    T: () => dateText(at, '%H:%M:%S'),
    R: () => dateText(at, '%H:%M'),
    D: () => dateText(at, '%m/%d/%y'),
    c: () => dateText(at, '%a %b %e %H:%M:%S %Y'),
    r: () => dateText(at, '%I:%M:%S %p'),
    x: () => dateText(at, '%m/%d/%y'),
    X: () => dateText(at, '%H:%M:%S'),
  };
  return format.replaceAll(
    /%[-_0^]?(?:(3)N|([a-zA-Z%]))/g,
    (all, milli: string | undefined, letter: string) =>
      milli === undefined
        ? (values[letter]?.().replace(/^[0 ](?=\d)/, (c) => (all.startsWith('%-') ? '' : c)) ?? all)
        : String(date.getUTCMilliseconds()).padStart(3, '0'),
  );
}

/** `@1700000000`, `2026-01-05 10:00`, `now`, `1 hour ago`, `+5 minutes`; undefined: it cannot be read. */
function timeOf(text: string, now: number): number | undefined {
  if (/^@\d+$/.test(text)) return Number(text.slice(1)) * 1000;
  const unit: Readonly<Record<string, number>> = {
    sec: 1e3,
    second: 1e3,
    min: 6e4,
    minute: 6e4,
    hour: 36e5,
    day: 864e5,
    week: 6048e5,
  };
  const relative = /^(?:now\s*)?([-+]?\s*\d+)\s*(sec|second|min|minute|hour|day|week)s?(\s+ago)?$/.exec(text);
  if (relative !== null)
    return (
      now +
      Number(relative[1]!.replaceAll(' ', '')) * unit[relative[2]!]! * (relative[3] === undefined ? 1 : -1)
    );
  if (text === 'now' || text === '') return now;
  if (text === 'yesterday') return now - 864e5;
  if (text === 'tomorrow') return now + 864e5;
  const parsed = Date.parse(
    /[zZ]|[-+]\d\d:?\d\d$/.test(text.slice(10))
      ? text
      : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`,
  );
  return Number.isNaN(parsed) ? undefined : parsed;
}

const date: Program = (call) => {
  const options = optionsOf(call.argv, 'dDrs', ['date', 'iso-8601']);
  const now = EPOCH + call.env.now;
  const given = options.value('d', 'date');
  const at = given === undefined ? now : timeOf(given, now);
  if (at === undefined) {
    call.err(`date: invalid date '${given}'\n`);
    return 1;
  }
  const format = options.operands.find((word) => word.startsWith('+'));
  const chosen =
    format?.slice(1) ??
    (options.has('I', 'iso-8601')
      ? call.argv.some((word) =>
          /^-I?.*s/.test(word) && word !== '-Is' ? false : word.includes('seconds') || word === '-Is',
        )
        ? '%Y-%m-%dT%H:%M:%S+00:00'
        : '%Y-%m-%d'
      : options.has('R')
        ? '%a, %d %b %Y %H:%M:%S +0000'
        : '%a %b %e %H:%M:%S UTC %Y');
  call.out(`${dateText(at, chosen)}\n`);
  return 0;
};

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(text: string): string {
  const bytes = utf8.encode(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < 4; j++) out += i + j > bytes.length ? '=' : BASE64[(n >> (18 - 6 * j)) & 63];
  }
  return out;
}

function fromBase64(text: string): string | undefined {
  const letters = text.replaceAll(/\s|=+\s*$/g, '');
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const letter of letters) {
    const value = BASE64.indexOf(letter);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255);
  }
  return fromUtf8.decode(new Uint8Array(bytes));
}

const base64: Program = (call) => {
  const options = optionsOf(call.argv, 'w', ['wrap']);
  let code = 0;
  const outcome = whole(call, options.operands, (text) => {
    if (options.has('d', 'D', 'decode')) {
      const plain = fromBase64(text);
      if (plain === undefined) {
        call.err('base64: invalid input\n');
        code = 1;
      } else call.out(plain);
      return;
    }
    const width = Number(options.value('w', 'wrap') ?? 76);
    const encoded = toBase64(text);
    if (encoded !== '')
      call.out(
        width === 0 ? encoded : `${encoded.replaceAll(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n')}\n`,
      );
  });
  return typeof outcome === 'number' ? Math.max(outcome, code) : outcome;
};

/** `hexdump`, `hexdump -C`: sixteen bytes a line, in words of two or one by one with their letters. */
const hexdump: Program = (call) => {
  const options = optionsOf(call.argv, 'nsef');
  const paths = options.operands;
  if (paths.length === 0 && !call.input.ended) return { input: true, state: null };
  let text = paths.length === 0 ? call.input.take() : '';
  for (const path of paths) {
    const content = call.env.files.read(absolute(call.cwd, path));
    if (content === undefined) {
      call.err(`hexdump: ${path}: No such file or directory\n`);
      return 1;
    }
    text += content;
  }
  const most = Number(options.value('n') ?? Infinity);
  const bytes = bytesOfText(text).subarray(0, most);
  const canonical = options.has('C');
  const width = canonical ? 8 : 7;
  const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    if (canonical) {
      const cells = row.map((byte) => hex(byte, 2));
      const halves = [cells.slice(0, 8).join(' '), cells.slice(8).join(' ')];
      const letters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));
      const columns = `${halves[0]!.padEnd(23)}  ${halves[1]!.padEnd(23)}`;
      call.out(`${hex(at, width)}  ${columns}  |${letters.join('')}|\n`);
    } else {
      const words = row.flatMap((byte, i) => (i % 2 === 0 ? [hex(byte | ((row[i + 1] ?? 0) << 8), 4)] : []));
      call.out(`${hex(at, width)} ${words.join(' ')}\n`);
    }
  }
  if (bytes.length > 0) call.out(`${hex(bytes.length, width)}\n`);
  return 0;
};

export const outputPrograms: Readonly<Record<string, Program>> = {
  hexdump,
  base64,
  date,
  echo,
  printf,
  seq,
  yes,
};
