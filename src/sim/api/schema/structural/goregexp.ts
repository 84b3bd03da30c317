/** Regular expressions in the syntax of Go's regexp package (RE2), as `RegExp`. */
import { remembered } from '../../../kernel/memo.ts';

/** POSIX classes within brackets. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  digit: '0-9',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

/** A letter in both cases: flags may begin amid an expression, where `RegExp` has them for all of it. */
const bothCases = (sign: string): string =>
  /[a-z]/i.test(sign) ? `${sign.toLowerCase()}${sign.toUpperCase()}` : sign;

/** Of a class in brackets: its ranges of letters, and its letters, in both cases. */
const foldedClass = (content: string): string =>
  content.replace(/\\.|([a-z])-([a-z])|([A-Z])-([A-Z])|[A-Za-z]/g, (whole, a, b, c, d) => {
    if (a !== undefined) return `${whole}${(a as string).toUpperCase()}-${(b as string).toUpperCase()}`;
    if (c !== undefined) return `${whole}${(c as string).toLowerCase()}-${(d as string).toLowerCase()}`;
    return whole.startsWith('\\') ? whole : bothCases(whole);
  });

const TOKEN =
  /\\Q[^]*?(?:\\E|$)|\\[pP]\{\^?\w+\}|\\x\{[0-9A-Fa-f]+\}|\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|\(\?P?<\w+>|\(\?[a-zA-Z-]*[:)]|[^]/g;

/** What a token of Go's is in a `RegExp`. */
function tokenOf(token: string, fold: boolean): string {
  if (token === '\\A') return '^';
  if (token === '\\z') return '$';
  if (token.startsWith('\\Q'))
    return token
      .slice(2)
      .replace(/\\E$/, '')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (token.startsWith('\\x{')) return `\\u{${token.slice(3)}`;
  if (token.startsWith('(?P<')) return `(?<${token.slice(4)}`;
  if (token.length > 1 && token.startsWith('[')) {
    const content = token.replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
    return fold ? foldedClass(content) : content;
  }
  return fold && /^[a-z]$/i.test(token) ? `[${bothCases(token)}]` : token;
}

interface Flags {
  readonly i: boolean;
  readonly s: boolean;
}

function withFlags(flags: Flags, text: string): Flags {
  const [on, off = ''] = text.split('-') as [string, string?];
  const now = (flag: keyof Flags): boolean => (flags[flag] || on.includes(flag)) && !off.includes(flag);
  return { i: now('i'), s: now('s') };
}

function translated(pattern: string): string {
  /** Those of the groups around. */
  const around: Flags[] = [];
  let flags: Flags = { i: false, s: false };
  let source = '';
  for (const [token] of pattern.matchAll(TOKEN)) {
    const group = /^\(\?([a-zA-Z-]*)([:)])$/.exec(token);
    if (group !== null) {
      const inner = withFlags(flags, group[1]!);
      if (group[2] === ')') {
        flags = inner;
        continue;
      }
      around.push(flags);
      flags = inner;
      source += '(?:';
      continue;
    }
    if (token.startsWith('(')) around.push(flags);
    if (token === ')') flags = around.pop() ?? flags;
    source += token === '.' && flags.s ? '[^]' : tokenOf(token, flags.i);
  }
  return source;
}

/** @throws SyntaxError for what is none */
const compiled = remembered(1024, (pattern: string): RegExp => {
  const source = translated(pattern);
  try {
    return new RegExp(source, 'u');
  } catch {
    // Escapes of signs that need none are an error with `u`.
    return new RegExp(source);
  }
});

/** @throws SyntaxError for what is no regular expression */
export const goRegExp = (pattern: string): RegExp => compiled(pattern);
