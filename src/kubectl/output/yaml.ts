/**
 * YAML as kubectl prints it: keys sorted, sequences not indented, quoting and folding as go-yaml does.
 * Sources: sigs.k8s.io/yaml (goyaml.v2: encode.go `stringv`, resolve.go, emitterc.go
 * `yaml_emitter_analyze_scalar`).
 */
const WIDTH = 80;

const KEYWORDS = new Set([
  '',
  '~',
  'null',
  'Null',
  'NULL',
  '<<',
  'true',
  'True',
  'TRUE',
  'false',
  'False',
  'FALSE',
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'n',
  'N',
  'no',
  'No',
  'NO',
  'on',
  'On',
  'ON',
  'off',
  'Off',
  'OFF',
  '.nan',
  '.NaN',
  '.NAN',
  '.inf',
  '.Inf',
  '.INF',
  '+.inf',
  '+.Inf',
  '+.INF',
  '-.inf',
  '-.Inf',
  '-.INF',
]);
const NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^[-+]?(?:0x[0-9a-fA-F_]+|0b[01_]+|0o?[0-7_]+|[0-9][0-9_]*)$/;
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;

/** Read unquoted, it would not be a string. */
const resolvesOtherwise = (s: string): boolean =>
  KEYWORDS.has(s) || NUMBER.test(s) || INTEGER.test(s) || BASE60.test(s) || TIMESTAMP.test(s);

function plainAllowed(s: string): boolean {
  if (s === '' || s.startsWith(' ') || s.endsWith(' ')) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(s) || /^[-?:](?:\s|$)/.test(s)) return false;
  if (s.startsWith('---') || s.startsWith('...')) return false;
  return !/:(?:\s|$)/.test(s) && !/\s#/.test(s);
}

// eslint-disable-next-line no-control-regex
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\t\ufeff]/;

function doubleQuoted(s: string): string {
  return JSON.stringify(s).replace(
    /[\u007f-\u009f\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Breaks long text at single spaces once a line has passed the width, as libyaml does. */
function fold(text: string, column: number, indent: number, inQuotes: boolean): string {
  let out = '';
  let at = column;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!;
    const breakable =
      c === ' ' &&
      at > WIDTH &&
      text[i + 1] !== ' ' &&
      text[i - 1] !== ' ' &&
      (!inQuotes || (i > 1 && i < text.length - 2));
    if (breakable) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
    } else {
      out += c;
      at += 1;
    }
  }
  return out;
}

function scalarText(s: string, column: number, indent: number): string {
  if (
    s.includes('\n') &&
    !SPECIAL.test(s.replaceAll('\t', '')) &&
    !/ \n/.test(s) &&
    !s.endsWith(' ') &&
    !/^[\n ]/.test(s)
  ) {
    const chomp = s.endsWith('\n\n') ? '+' : s.endsWith('\n') ? '' : '-';
    const body = chomp === '-' ? s : s.slice(0, -1);
    return `|${chomp}\n${body
      .split('\n')
      .map((l) => (l === '' ? '' : ' '.repeat(indent) + l))
      .join('\n')}`;
  }
  if (SPECIAL.test(s) || s.includes('\n') || resolvesOtherwise(s)) return doubleQuoted(s);
  if (plainAllowed(s)) return fold(s, column, indent, false);
  return fold(`'${s.replaceAll("'", "''")}'`, column, indent, true);
}

function keyText(key: string): string {
  return resolvesOtherwise(key) || SPECIAL.test(key)
    ? doubleQuoted(key)
    : plainAllowed(key)
      ? key
      : `'${key.replaceAll("'", "''")}'`;
}

const present = (value: unknown): boolean => value !== undefined;

/** `lead`: what already stands on the first line, as a number of columns. */
function emit(value: unknown, indent: number, inSequence: boolean): string {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.map((item) => `${pad}- ${itemText(item, indent)}`).join('');
  }
  const object = value as Record<string, unknown>;
  const keys = Object.keys(object)
    .filter((k) => present(object[k]))
    .sort();
  return keys
    .map((key, i) => {
      const start = inSequence && i === 0 ? '' : pad;
      const head = `${start}${keyText(key)}:`;
      const v = object[key];
      if (Array.isArray(v)) return v.length === 0 ? `${head} []\n` : `${head}\n${emit(v, indent, false)}`;
      if (v !== null && typeof v === 'object') {
        return Object.values(v).some(present) ? `${head}\n${emit(v, indent + 2, false)}` : `${head} {}\n`;
      }
      return `${head} ${leaf(v, indent + keyText(key).length + 2, indent + 2)}\n`;
    })
    .join('');
}

function itemText(item: unknown, indent: number): string {
  if (Array.isArray(item)) return item.length === 0 ? '[]\n' : emit(item, indent + 2, false).trimStart();
  if (item !== null && typeof item === 'object') {
    return Object.values(item).some(present) ? emit(item, indent + 2, true) : '{}\n';
  }
  return `${leaf(item, indent + 2, indent + 2)}\n`;
}

function leaf(value: unknown, column: number, indent: number): string {
  return typeof value === 'string'
    ? scalarText(value, column, indent)
    : value === null
      ? 'null'
      : String(value);
}

export function toYaml(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]\n' : emit(value, 0, false);
  if (value !== null && typeof value === 'object')
    return Object.values(value).some(present) ? emit(value, 0, false) : '{}\n';
  return `${leaf(value, 0, 2)}\n`;
}
