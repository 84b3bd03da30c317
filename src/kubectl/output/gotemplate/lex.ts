/** The words of a template. Source: text/template/parse/lex.go. */
import { TemplateError } from './nodes.ts';

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'number'
  | 'string'
  | 'char'
  | 'dot'
  | 'pipe'
  | 'comma'
  | 'assign'
  | 'declare'
  | '('
  | ')'
  | 'other'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

const OPEN = '{{';
const CLOSE = '}}';
const LETTER = /[\p{L}\p{Nd}_]/u;

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** @throws TemplateError */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const fail = (why: string, place = at): never => {
    throw new TemplateError(`${lineOf(text, place)}: ${why}`);
  };
  const push = (kind: TokenKind, length: number): void => {
    tokens.push({ kind, text: text.slice(at, at + length), at });
    at += length;
  };
  const word = (from: number): number => {
    let end = from;
    while (end < text.length && LETTER.test(text[end]!)) end += 1;
    return end;
  };
  /** A field's or a name's end must not stand against just anything. */
  const checkEnd = (end: number): void => {
    const next = text[end];
    if (next === undefined || /[\s.,|:)(=]/.test(next) || text.startsWith(CLOSE, end)) return;
    fail(`bad character U+${text.codePointAt(end)!.toString(16).toUpperCase().padStart(4, '0')} '${next}'`);
  };

  while (at < text.length) {
    const open = text.indexOf(OPEN, at);
    const end = open < 0 ? text.length : open;
    const trims = open >= 0 && /^- /.test(text.slice(open + 2, open + 4).replace(/\s$/, ' '));
    const raw = text.slice(at, end);
    const shown = trims ? raw.trimEnd() : raw;
    if (shown !== '') tokens.push({ kind: 'text', text: shown, at });
    at = end;
    if (open < 0) break;
    const inside = open + 2 + (trims ? 2 : 0);
    if (text.startsWith('/*', inside)) {
      const close = text.indexOf('*/', inside);
      if (close < 0) fail('unclosed comment', inside);
      const behind = text.slice(close + 2);
      const trimsRight = /^\s-}}/.test(behind);
      if (!trimsRight && !behind.startsWith(CLOSE)) fail('comment ends before closing delimiter', close + 2);
      at = close + 2 + (trimsRight ? 4 : 2);
      if (trimsRight) at += text.slice(at).length - text.slice(at).trimStart().length;
      continue;
    }
    push('open', 2 + (trims ? 2 : 0));
    let depth = 0;
    for (;;) {
      const rest = text.slice(at);
      if (rest.startsWith(CLOSE) || /^\s-}}/.test(rest)) {
        if (depth > 0) fail('unclosed left paren');
        const trimsRight = !rest.startsWith(CLOSE);
        push('close', trimsRight ? 4 : 2);
        if (trimsRight) at += text.slice(at).length - text.slice(at).trimStart().length;
        break;
      }
      const c = text[at];
      if (c === undefined) fail('unclosed action');
      else if (/\s/.test(c)) {
        let to = at;
        while (to < text.length && /\s/.test(text[to]!) && !/^\s-}}/.test(text.slice(to))) to += 1;
        push('space', to - at);
      } else if (rest.startsWith(':=')) push('declare', 2);
      else if (c === ':') fail('expected :=');
      else if (c === '=') push('assign', 1);
      else if (c === '|') push('pipe', 1);
      else if (c === ',') push('comma', 1);
      else if (c === '(') {
        depth += 1;
        push('(', 1);
      } else if (c === ')') {
        depth -= 1;
        if (depth < 0) fail('unexpected right paren');
        push(')', 1);
      } else if (c === '"') {
        const found = /^"(?:[^"\\\n]|\\.)*"/.exec(rest);
        if (found === null) fail('unterminated quoted string');
        push('string', found![0].length);
      } else if (c === '`') {
        const close = rest.indexOf('`', 1);
        if (close < 0) fail('unterminated raw quoted string');
        push('string', close + 1);
      } else if (c === "'") {
        const found = /^'(?:[^'\\\n]|\\.)*'/.exec(rest);
        if (found === null) fail('unterminated character constant');
        push('char', found![0].length);
      } else if (c === '$') {
        const to = word(at + 1);
        checkEnd(to);
        push('variable', to - at);
      } else if (c === '.' && !/[0-9]/.test(text[at + 1] ?? '')) {
        const to = word(at + 1);
        if (to > at + 1) checkEnd(to);
        push(to > at + 1 ? 'field' : 'dot', to - at);
      } else if (/[+\-.0-9]/.test(c)) {
        const found =
          /^[+-]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][+-]?[0-9_]+)?)/.exec(
            rest,
          )![0];
        const to = word(at + found.length);
        if (to > at + found.length || found === '' || found === '-' || found === '+')
          fail(`bad number syntax: "${text.slice(at, Math.max(to, at + 1))}"`);
        push('number', found.length);
      } else if (LETTER.test(c)) {
        const to = word(at);
        checkEnd(to);
        push('identifier', to - at);
      } else if (/[!-~]/.test(c)) push('other', 1);
      else
        fail(
          `unrecognized character in action: U+${text
            .codePointAt(at)!
            .toString(16)
            .toUpperCase()
            .padStart(4, '0')} '${c}'`,
        );
    }
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}
