/**
 * The functions of templates: Go's own, and those that kubectl adds. Sources: text/template/funcs.go,
 * staging/src/k8s.io/cli-runtime/pkg/printers/template.go.
 */
import { fromBase64 } from '../../../sim/api/base64.ts';
import { TemplateError } from './nodes.ts';
import { sprintf } from './sprintf.ts';
import { Int, isList, isMap, MISSING, truth, typeName, type Value, valueText } from './values.ts';

/** What a function takes: how many values at least, and at most. */
export interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  /** Those that take texts only. */
  readonly texts?: boolean;
  call(args: readonly Value[]): Value;
}

const fail = (why: string): never => {
  throw new TemplateError(why);
};
const isNil = (value: Value): boolean => value === null || value === MISSING;

function indexed(item: Value, key: Value): Value {
  if (isNil(item)) return fail('index of nil pointer');
  if (isMap(item)) {
    if (isNil(key)) return fail('value is nil; should be of type string');
    if (typeof key !== 'string') return fail(`value has type ${typeName(key)}; should be string`);
    // What a map of interfaces lacks is the zero of an interface.
    return Object.hasOwn(item, key) ? item[key]! : null;
  }
  if (isList(item) || typeof item === 'string') {
    if (isNil(key)) return fail('cannot index slice/array with nil');
    if (!(key instanceof Int)) return fail(`cannot index slice/array with type ${typeName(key)}`);
    const { value } = key;
    const bytes = typeof item === 'string' ? new TextEncoder().encode(item) : undefined;
    if (value < 0 || value >= (bytes ?? (item as readonly Value[])).length)
      return fail(`index out of range: ${value}`);
    return bytes === undefined ? (item as readonly Value[])[value]! : new Int(bytes[value]!);
  }
  return fail(`can't index item of type ${typeName(item)}`);
}

function sliced([item, ...indexes]: readonly Value[]): Value {
  if (item === undefined || isNil(item)) return fail('slice of untyped nil');
  if (!isList(item) && typeof item !== 'string') return fail(`can't slice item of type ${typeName(item)}`);
  const [from = 0, to = item.length] = indexes.map((index) => {
    if (!(index instanceof Int)) return fail(`cannot index slice/array with type ${typeName(index)}`);
    if (index.value < 0 || index.value > item.length) return fail(`index out of range: ${index.value}`);
    return index.value;
  });
  if (from > to) return fail(`invalid slice index: ${from} > ${to}`);
  return item.slice(from, to);
}

type Basic = 'bool' | 'int' | 'float' | 'string';

function basicKind(value: Value): Basic | undefined {
  if (value instanceof Int) return 'int';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float';
    case 'string':
      return 'string';
    default:
      return undefined;
  }
}

const plain = (value: Value): unknown => (value instanceof Int ? value.value : value);

function areEqual(a: Value, b: Value): boolean {
  const [x, y] = [basicKind(a), basicKind(b)];
  if (x !== y) return isNil(a) || isNil(b) ? false : fail('incompatible types for comparison');
  if (x === undefined) {
    if (!isNil(a) && !isNil(b)) return fail(`non-comparable type ${valueText(a)}: ${typeName(a)}`);
    return isNil(a) && isNil(b);
  }
  return plain(a) === plain(b);
}

function isLess(a: Value, b: Value): boolean {
  const [x, y] = [basicKind(a), basicKind(b)];
  if (x === undefined || y === undefined) return fail('invalid type for comparison');
  if (x !== y) return fail('incompatible types for comparison');
  if (x === 'bool') return fail('invalid type for comparison');
  return (plain(a) as string) < (plain(b) as string);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\uFFFD',
};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** As `fmt.Sprint`: a space between two of which neither is a text. */
function sprint(args: readonly Value[]): string {
  return args
    .map((value, i) => {
      const before = args[i - 1];
      const space = i > 0 && typeof value !== 'string' && typeof before !== 'string' ? ' ' : '';
      return space + valueText(value);
    })
    .join('');
}

function decoded(text: string): string {
  const wrong = /[^A-Za-z0-9+/=\r\n]/.exec(text);
  if (wrong !== null) return fail(`base64 decode failed: illegal base64 data at input byte ${wrong.index}`);
  const bare = text.replace(/[\r\n]/g, '');
  if (bare.length % 4 !== 0 || /=[^=]|^={1,}/.test(bare)) {
    const padding = bare.search(/=/);
    const at = padding >= 0 && padding < bare.length - 2 ? padding + 1 : bare.length - (bare.length % 4);
    return fail(`base64 decode failed: illegal base64 data at input byte ${at}`);
  }
  return fromBase64(text);
}

const MANY = Number.POSITIVE_INFINITY;

const compares = (call: (a: Value, b: Value) => boolean): TemplateFunction => ({
  least: 2,
  most: 2,
  call: ([a, b]) => call(a!, b!),
});
const texts = (call: (text: string) => string): TemplateFunction => ({
  least: 0,
  most: MANY,
  call: (args) => call(sprint(args)),
});

/** `and` and `or` are the template's own: they stop at the first value that decides. */
export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  and: { least: 1, most: MANY, call: (args) => args.find((a) => !truth(a)) ?? args.at(-1)! },
  or: { least: 1, most: MANY, call: (args) => args.find(truth) ?? args.at(-1)! },
  not: { least: 1, most: 1, call: ([value]) => !truth(value!) },
  len: {
    least: 1,
    most: 1,
    call([item]) {
      if (item === null) return fail('len of nil pointer');
      if (item === MISSING || item === undefined)
        return fail('reflect: call of reflect.Value.Type on zero Value');
      if (typeof item === 'string') return new Int(new TextEncoder().encode(item).length);
      if (isList(item)) return new Int(item.length);
      if (isMap(item)) return new Int(Object.keys(item).length);
      return fail(`len of type ${typeName(item)}`);
    },
  },
  index: {
    least: 1,
    most: MANY,
    call([item, ...keys]) {
      if (item === undefined || item === null || item === MISSING) return fail('index of untyped nil');
      return keys.reduce<Value>(indexed, item);
    },
  },
  slice: { least: 1, most: 4, call: sliced },
  eq: {
    least: 1,
    most: MANY,
    call([first, ...others]) {
      if (others.length === 0) return fail('missing argument for comparison');
      return others.some((other) => areEqual(first!, other));
    },
  },
  ne: compares((a, b) => !areEqual(a, b)),
  lt: compares(isLess),
  le: compares((a, b) => isLess(a, b) || areEqual(a, b)),
  gt: compares((a, b) => !isLess(a, b) && !areEqual(a, b)),
  ge: compares((a, b) => !isLess(a, b)),
  print: { least: 0, most: MANY, call: sprint },
  println: { least: 0, most: MANY, call: (args) => `${args.map(valueText).join(' ')}\n` },
  printf: { least: 1, most: MANY, call: ([format, ...args]) => sprintf(format as string, args) },
  html: texts((text) => text.replace(/["'&<>\0]/g, (c) => ENTITIES[c]!)),
  js: texts((text) => text.replace(/[\\'"<>&=]/g, (c) => JS[c]!)),
  urlquery: texts((text) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  exists: {
    least: 1,
    most: MANY,
    call([item, ...keys]) {
      try {
        keys.reduce<Value>((value, key) => {
          if (isMap(value) && typeof key === 'string' && !Object.hasOwn(value, key))
            throw new TemplateError('');
          return indexed(value, key);
        }, item!);
        return true;
      } catch (error) {
        if (error instanceof TemplateError) return false;
        throw error;
      }
    },
  },
  base64decode: { least: 1, most: 1, texts: true, call: ([text]) => decoded(text as string) },
};
