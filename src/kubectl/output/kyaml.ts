/**
 * KYAML: YAML that looks like JSON, with commas behind the last, and keys without quotes where nothing else
 * could be meant. Source: sigs.k8s.io/yaml/kyaml/kyaml.go.
 */

/** Words and numbers that YAML 1.1 or 1.2 takes for something else than text. */
const OTHERWISE: readonly RegExp[] = [
  /^(?:null|~|true|t|y|yes|on|false|f|n|no|off|[01])$/i,
  /^[+-]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|[\d_]+)$/i,
  /^[+-]?(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:e[+-]?\d+)?$/i,
  /^[+-]?[1-9][\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^(?:[+-]?\.?inf(?:inity)?|\.?nan)$/i,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/,
];

const needsQuotes = (key: string): boolean =>
  !/^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(key) || OTHERWISE.some((is) => is.test(key));

const SHORT: Readonly<Record<string, string>> = {
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** One sign, as it stands between quotes; a line's end is the caller's matter. */
function escaped(sign: string): string {
  if (sign === '"' || sign === '\\') return `\\${sign}`;
  if (sign === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(sign)) return sign;
  const short = SHORT[sign];
  if (short !== undefined) return short;
  const code = sign.codePointAt(0)!;
  const hex = (digits: number): string => code.toString(16).padStart(digits, '0');
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`;
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

const line = (text: string): string => [...text].map(escaped).join('');

const pad = (level: number): string => '  '.repeat(level);

/** A text of several lines is folded: each stands on a line of its own, its end written out. */
function quoted(text: string, level: number): string {
  const lines = text.split('\n');
  if (lines.length === 1) return `"${line(text)}"`;
  const last = lines.pop()!;
  // A blank that a line begins with is skipped by readers, unless it is escaped.
  const begun = (l: string): string => `${pad(level)}${l.startsWith(' ') ? '\\' : ' '}${line(l)}`;
  const body = lines.map((l) => (l === '' ? `${pad(level)} \\n\\\n` : `${begun(l)}\\n\\\n`)).join('');
  const end = last === '' ? '' : `${begun(last)}\\\n`;
  return `"\\\n${body}${end}${pad(level)}"`;
}

function emit(value: unknown, level: number): string {
  if (typeof value === 'string') return quoted(value, level + 1);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every((item) => typeof item === 'object' && item !== null))
      return `[${value.map((item) => emit(item, level)).join(', ')}]`;
    const items = value.map((item) => `${pad(level + 1)}${emit(item, level + 1)},\n`);
    return `[\n${items.join('')}${pad(level)}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (members.length === 0) return '{}';
  const written = members.map(([key, member]) => {
    const name = needsQuotes(key) ? `"${key.split('\n').map(line).join('\\n')}"` : key;
    return `${pad(level + 1)}${name}: ${emit(member, level + 1)},\n`;
  });
  return `{\n${written.join('')}${pad(level)}}`;
}

/** A document, its beginning marked. */
export const toKyaml = (value: unknown): string => `---\n${emit(value, 0)}\n`;
