/** Patterns of file names, `case` and `${x%…}` (POSIX 2.13), as regular expressions. */
import { remembered } from '../../kernel/memo.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

const SPECIAL = /[.*+?^${}()|[\]\\/]/;
/** A character as it stands for itself in a regular expression. */
const literally = (text: string): string => text.replaceAll(new RegExp(SPECIAL.source, 'g'), String.raw`\$&`);

/** What a bracket expression means that begins at `[`, and where it ends; undefined: it is none. */
export function bracket(pattern: string, at: number): { source: string; end: number } | undefined {
  let i = at + 1;
  let source = '[';
  if (pattern[i] === '!' || pattern[i] === '^') {
    source += '^';
    i += 1;
  }
  const first = i;
  for (; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === ']' && i > first) return { source: `${source}]`, end: i };
    const named = c === '[' ? /^\[:([a-z]+):\]/.exec(pattern.slice(i)) : null;
    if (named !== null) {
      source += CLASSES[named[1]!] ?? '';
      i += named[0].length - 1;
    } else if (c === '\\' && i + 1 < pattern.length) {
      i += 1;
      source += literally(pattern[i]!);
    } else source += c === '-' ? c : c === '^' || c === '[' || c === ']' ? `\\${c}` : literally(c);
  }
  return undefined;
}

/** The alternatives of an extended pattern that begins at `(`, and where it ends. */
function alternatives(pattern: string, at: number): { parts: string[]; end: number } | undefined {
  const parts = [''];
  let depth = 1;
  for (let i = at + 1; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (depth === 0) return { parts, end: i };
    if (c === '|' && depth === 1) parts.push('');
    else parts[parts.length - 1] += c === '\\' ? c + (pattern[++i] ?? '') : c;
  }
  return undefined;
}

/** @param wild what `*` and `?` stand for: any character, or, in paths, none that is a slash */
function sourceOf(pattern: string, wild: string): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    const extended = '?*+@!'.includes(c) && pattern[i + 1] === '(' ? alternatives(pattern, i + 1) : undefined;
    const range = c === '[' ? bracket(pattern, i) : undefined;
    if (extended !== undefined) {
      const inside = extended.parts.map((part) => sourceOf(part, wild)).join('|');
      out += c === '!' ? `(?!(?:${inside})$)${wild}*` : `(?:${inside})${c === '@' ? '' : c}`;
      i = extended.end;
    } else if (range !== undefined) {
      out += range.source;
      i = range.end;
    } else if (c === '*') out += `${wild}*`;
    else if (c === '?') out += wild;
    else if (c === '\\' && i + 1 < pattern.length) {
      i += 1;
      out += literally(pattern[i]!);
    } else out += literally(c);
  }
  return out;
}

const compiled = remembered(512, (source: string) => new RegExp(source, 's'));

/** An expression that nobody can compile (`[z-a]`) matches nothing. */
function expression(source: string): RegExp {
  try {
    return compiled(source);
  } catch {
    return compiled('$^x');
  }
}

/** Whether a whole text matches a pattern. */
export const matchesPattern = (pattern: string, text: string): boolean =>
  expression(`^(?:${sourceOf(pattern, '.')})$`).test(text);

/** Whether a name in a directory matches a pattern: one that begins with a dot is asked for by a dot. */
export const matchesName = (pattern: string, name: string): boolean =>
  (!name.startsWith('.') || pattern.startsWith('.') || pattern.startsWith('\\.')) &&
  expression(`^(?:${sourceOf(pattern, '[^/]')})$`).test(name);

export const hasWildcards = (pattern: string): boolean => /(?<!\\)(?:\\\\)*[*?[]|[@+!]\(/.test(pattern);

export const withoutEscapes = (pattern: string): string => pattern.replace(/\\(.)/gs, '$1');

/** `${x#…}` and its family. */
export function removed(text: string, operator: string, pattern: string): string {
  const lengths = Array.from({ length: text.length + 1 }, (_, i) => i);
  if (operator === '##' || operator === '%') lengths.reverse();
  for (const at of lengths) {
    const [cut, rest] = operator.startsWith('#')
      ? [text.slice(0, at), text.slice(at)]
      : [text.slice(at), text.slice(0, at)];
    if (matchesPattern(pattern, cut)) return rest;
  }
  return text;
}

/** `${x/…/…}` and its family. */
export function replaced(text: string, operator: string, pattern: string, by: string): string {
  if (pattern === '') return text;
  const source = sourceOf(pattern, '.');
  const anchored = operator === '/#' ? `^(?:${source})` : operator === '/%' ? `(?:${source})$` : source;
  const found = expression(anchored);
  return text.replace(operator === '//' ? new RegExp(found.source, 'gs') : found, () => by);
}
