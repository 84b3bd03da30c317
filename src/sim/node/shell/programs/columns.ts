/** Programs that arrange lines and what is in them: sort, uniq, cut, tr, paste. */
import type { Program } from '../call.ts';
import { filtering, linesOf, whole } from './text.ts';
import { optionsOf } from './options.ts';
import { calledWrongly } from './usage.ts';

const withoutEnd = (line: string): string => line.replace(/\n$/, '');

/** Numbers as `sort -h` and `-n` take them from the beginning of a text. */
function leading(text: string, human: boolean): number {
  const found = /^\s*(-?\d*\.?\d+)([KMGTP]?)/.exec(text);
  if (found === null) return 0;
  return Number(found[1]) * (human ? 1024 ** ' KMGTP'.indexOf(found[2] || ' ') : 1);
}

/** Runs of digits are compared as numbers (`sort -V`). */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (const [i, part] of left.entries()) {
    const other = right[i] ?? '';
    const numbers = /^\d/.test(part) && /^\d/.test(other);
    const order = numbers ? Number(part) - Number(other) : compareTexts(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sort: Program = (call) => {
  const options = optionsOf(call.argv, 'ktoST', ['key', 'field-separator', 'output']);
  const separator = options.value('t', 'field-separator');
  const keys = options.values('k', 'key').map((key) => {
    const found = /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(key);
    return {
      from: Number(found?.[1] ?? 1),
      to: found?.[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3]),
      flags: `${found?.[2] ?? ''}${found?.[4] ?? ''}`,
    };
  });
  const fieldsOf = (line: string): string[] =>
    separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
  const compareBy = (a: string, b: string, flags: string): number => {
    const is = (letter: string): boolean => flags.includes(letter) || (flags === '' && options.has(letter));
    const numeric = is('n') || is('h') || is('g');
    const version = is('V');
    const order = numeric
      ? leading(a, is('h')) - leading(b, is('h'))
      : version
        ? compareVersions(a, b)
        : is('f')
          ? compareTexts(a.toUpperCase(), b.toUpperCase())
          : compareTexts(a, b);
    return is('r') ? -order : order;
  };
  return whole(call, options.operands, (text) => {
    const lines = linesOf(text).map(withoutEnd);
    lines.sort((a, b) => {
      for (const { from, to, flags } of keys) {
        const part = (line: string): string =>
          fieldsOf(line)
            .slice(from - 1, to)
            .join(separator ?? ' ');
        const order = compareBy(part(a), part(b), flags);
        if (order !== 0) return order;
      }
      if (keys.length === 0) {
        const order = compareBy(a, b, '');
        if (order !== 0) return order;
      }
      return options.has('s') || options.has('u')
        ? 0
        : options.has('r')
          ? compareTexts(b, a)
          : compareTexts(a, b);
    });
    const kept = options.has('u', 'unique')
      ? lines.filter((line, i) => i === 0 || line !== lines[i - 1])
      : lines;
    const out = kept.map((line) => `${line}\n`).join('');
    const file = options.value('o', 'output');
    if (file === undefined) call.out(out);
    else call.env.files.write(file.startsWith('/') ? file : `${call.cwd}/${file}`, out);
  });
};

const uniq: Program = (call) => {
  const options = optionsOf(call.argv, 'fsw');
  return whole(call, options.operands.slice(0, 1), (text) => {
    const groups: { line: string; many: number }[] = [];
    const same = (a: string, b: string): boolean =>
      options.has('i') ? a.toLowerCase() === b.toLowerCase() : a === b;
    for (const line of linesOf(text).map(withoutEnd)) {
      const last = groups.at(-1);
      if (last !== undefined && same(last.line, line)) last.many += 1;
      else groups.push({ line, many: 1 });
    }
    for (const { line, many } of groups) {
      if ((options.has('d') && many < 2) || (options.has('u') && many > 1)) continue;
      call.out(options.has('c', 'count') ? `${String(many).padStart(7)} ${line}\n` : `${line}\n`);
    }
  });
};

/** `1,3-5,7-`: whether a position is in it. */
function listed(list: string): (n: number) => boolean {
  const ranges = list.split(',').map((part) => {
    const [from, to = from] = part.split('-');
    return {
      from: Number(from || 1),
      to: part.includes('-') ? Number(to || Number.POSITIVE_INFINITY) : Number(from),
    };
  });
  return (n) => ranges.some(({ from, to }) => n >= from && n <= to);
}

const cut: Program = (call) => {
  const options = optionsOf(call.argv, 'dfcb', ['delimiter', 'fields', 'characters', 'output-delimiter']);
  const delimiter = options.value('d', 'delimiter') ?? '\t';
  const fields = options.value('f', 'fields');
  const characters = options.value('c', 'b', 'characters');
  if (fields === undefined && characters === undefined) {
    if (call.env.busybox) call.err('cut: expected a list of bytes, characters, or fields\n');
    else calledWrongly(call, 'you must specify a list of bytes, characters, or fields');
    return 1;
  }
  const wanted = listed(fields ?? characters!);
  return filtering(call, options.operands, (lines) => {
    for (const line of lines.map(withoutEnd)) {
      if (fields === undefined) call.out(`${[...line].filter((_, i) => wanted(i + 1)).join('')}\n`);
      else if (!line.includes(delimiter)) {
        if (!options.has('s')) call.out(`${line}\n`);
      } else
        call.out(
          `${line
            .split(delimiter)
            .filter((_, i) => wanted(i + 1))
            .join(options.value('output-delimiter') ?? delimiter)}\n`,
        );
    }
  });
};

const CLASSES: Readonly<Record<string, string>> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  space: ' \t\n\r\f\v',
  blank: ' \t',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '0': '\0' };

/** The characters of a set such as `a-z[:digit:]\n`. */
function setOf(text: string): string[] {
  const classes: Readonly<Record<string, string>> = {
    ...CLASSES,
    alpha: CLASSES['upper']! + CLASSES['lower']!,
    alnum: CLASSES['digit']! + CLASSES['upper']! + CLASSES['lower']!,
    cntrl: Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join(''),
    xdigit: '0123456789ABCDEFabcdef',
  };
  const out: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const named = /^\[:([a-z]+):\]/.exec(text.slice(i));
    if (named !== null) {
      out.push(...(classes[named[1]!] ?? ''));
      i += named[0].length - 1;
    } else if (text[i] === '\\' && i + 1 < text.length) {
      const octal = /^\\([0-7]{1,3})/.exec(text.slice(i));
      if (octal !== null) {
        out.push(String.fromCharCode(Number.parseInt(octal[1]!, 8)));
        i += octal[0].length - 1;
      } else out.push(ESCAPES[text[++i]!] ?? text[i]!);
    } else if (text[i + 1] === '-' && i + 2 < text.length) {
      const [from, to] = [text.charCodeAt(i), text.charCodeAt(i + 2)];
      for (let c = from; c <= to && c - from < 65_536; c++) out.push(String.fromCharCode(c));
      i += 2;
    } else out.push(text[i]!);
  }
  return out;
}

const tr: Program = (call) => {
  const options = optionsOf(call.argv, '', [], true);
  if (options.operands.length === 0) return calledWrongly(call);
  const [one = '', two] = options.operands;
  const complement = options.has('c', 'C');
  const from = new Set(setOf(one));
  const order = [...from];
  const to = two === undefined ? undefined : setOf(two);
  const isIn = (c: string): boolean => from.has(c) !== complement;
  const squeezed = options.has('s')
    ? to === undefined || options.has('d')
      ? isIn
      : (c: string) => to.includes(c)
    : undefined;
  const { ended } = call.input;
  let last = typeof call.state === 'string' ? call.state : '';
  let out = '';
  for (const c of call.input.take()) {
    if (options.has('d') && isIn(c)) continue;
    const put =
      to === undefined || options.has('d') || !isIn(c)
        ? c
        : complement
          ? to.at(-1)!
          : (to[Math.min(order.indexOf(c), to.length - 1)] ?? c);
    if (squeezed?.(put) === true && put === last) continue;
    last = put;
    out += put;
  }
  call.out(out);
  return ended ? 0 : { input: true, state: last };
};

const paste: Program = (call) => {
  const options = optionsOf(call.argv, 'd');
  const delimiter = options.value('d') ?? '\t';
  return whole(
    call,
    options.operands.filter((word) => word !== '-'),
    (text) => {
      const lines = linesOf(text).map(withoutEnd);
      if (options.has('s')) call.out(`${lines.join(delimiter)}\n`);
      else for (const line of lines) call.out(`${line}\n`);
    },
  );
};

export const columnPrograms: Readonly<Record<string, Program>> = { sort, uniq, cut, tr, paste };
