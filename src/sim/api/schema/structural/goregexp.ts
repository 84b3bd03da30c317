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

const translated = (pattern: string): string =>
  pattern
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:([a-z]+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);

/** @throws SyntaxError for what is none */
const compile = remembered(1024, (pattern: string): RegExp => {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = translated(flags === null ? pattern : pattern.slice(flags[0].length));
  const own = flags?.[1] ?? '';
  try {
    return new RegExp(source, `${own}u`);
  } catch {
    // Escapes of signs that need none are an error with `u`.
    return new RegExp(source, own);
  }
});

/** @throws SyntaxError for what is no regular expression */
export const goRegExp = (pattern: string): RegExp => compile(pattern);
