/** POSIX regular expressions as JavaScript's, which are near enough. */
import { remembered } from '../../kernel/memo.ts';
import { bracket } from './pattern.ts';

/** @param basic `\(`, `\{`, `\|` are operators, and what stands without a backslash is not */
function converted(text: string, basic: boolean): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const range = c === '[' ? bracket(text, i) : undefined;
    if (range !== undefined) {
      // A backslash stands for itself in a bracket expression, but people write `\t`, `\s` and `\/`.
      out += range.source;
      i = range.end;
    } else if (c === '\\' && i + 1 < text.length) {
      const next = text[++i]!;
      if (basic && '(){}|+?'.includes(next)) out += next;
      else if (next === '<' || next === '>') out += String.raw`\b`;
      else if (/[A-Za-z]/.test(next) && !/[bBdDsSwWntrfv]/.test(next)) out += next;
      else out += `\\${next}`;
    } else if (basic && '(){}|+?'.includes(c)) out += `\\${c}`;
    else if (c === '*' && (out === '' || out === '^' || /\((?:\?:)?$/.test(out))) out += String.raw`\*`;
    else if (basic && c === '^' && out !== '' && !out.endsWith('(') && !out.endsWith('|'))
      out += String.raw`\^`;
    else if (c === '{' && !/^\{\d*,?\d*\}/.test(text.slice(i))) out += String.raw`\{`;
    else if (c === '/') out += String.raw`\/`;
    else out += c;
  }
  return out;
}

const made = remembered(256, (key: string): { readonly expression: RegExp | undefined } => {
  const [kind, flags, ...rest] = key.split(':');
  const text = rest.join(':');
  const source =
    kind === 'fixed'
      ? text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
      : converted(text, kind === 'basic');
  try {
    return { expression: new RegExp(source, flags) };
  } catch {
    return { expression: undefined };
  }
});

/** Undefined: it is none. */
export const basicExpression = (text: string, flags = ''): RegExp | undefined =>
  made(`basic:${flags}:${text}`).expression;
export const extendedExpression = (text: string, flags = ''): RegExp | undefined =>
  made(`extended:${flags}:${text}`).expression;
export const fixedText = (text: string, flags = ''): RegExp | undefined =>
  made(`fixed:${flags}:${text}`).expression;
