/**
 * JSONPath templates as Kubernetes has them: text and actions in braces, as in `{.items[*].metadata.name}`.
 * Accepts and refuses what client-go does. Models staging/src/k8s.io/client-go/util/jsonpath/parser.go.
 */

/** Says why a template is none, or why it cannot be evaluated, in client-go's words. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

export type Step =
  | { readonly type: 'text'; readonly text: string }
  /** `kind`: Go's, which a decoded number alone does not tell. */
  | {
      readonly type: 'literal';
      readonly value: number | boolean;
      readonly kind: 'int64' | 'float64' | 'bool';
    }
  /** A word that stands alone: `range`, `end`, or a mistake. */
  | { readonly type: 'word'; readonly name: string }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  /** Bounds that are absent are open; `single`: an index, whose end follows from its beginning. */
  | {
      readonly type: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number | undefined;
      readonly single: boolean;
    }
  | { readonly type: 'union'; readonly paths: readonly (readonly Step[])[] }
  | {
      readonly type: 'filter';
      readonly left: readonly Step[];
      /** `exists`: there is no right side. */
      readonly operator: string;
      readonly right: readonly Step[];
    };

export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'path'; readonly steps: readonly Step[] }
  | { readonly type: 'range'; readonly steps: readonly Step[]; readonly body: readonly Part[] }
  /** An `{end}` that ends no range. */
  | { readonly type: 'end' };

export type JsonPath = readonly Part[];

const DICTIONARY_KEY = /^'([^']*)'$/;
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+?)$/;
const TERMINATOR = /[\s.,[\]$@{}]/;
const WORD = /[_\p{L}\p{Nd}]/u;

/**
 * @param template e.g. `{range .items[*]}{.metadata.name}{"\n"}{end}`
 * @throws JsonPathError
 */
export function parseJsonPath(template: string): JsonPath {
  const open: { steps: readonly Step[]; body: Part[] }[] = [{ steps: [], body: [] }];
  const add = (part: Part): void => void open.at(-1)!.body.push(part);
  const close = (): void => {
    const { steps, body } = open.pop()!;
    add({ type: 'range', steps, body });
  };
  let at = 0;
  while (at < template.length) {
    const brace = template.indexOf('{', at);
    const textEnds = brace < 0 ? template.length : brace;
    if (textEnds > at) add({ type: 'text', text: template.slice(at, textEnds) });
    if (brace < 0) break;
    const reader = new ActionReader(template, brace + 1);
    const [first, ...rest] = reader.read();
    at = reader.at;
    if (first?.type === 'word' && first.name === 'range') open.push({ steps: rest, body: [] });
    else if (first?.type !== 'word' || first.name !== 'end')
      add({ type: 'path', steps: first === undefined ? [] : [first, ...rest] });
    else if (open.length > 1) close();
    else add({ type: 'end' });
  }
  // What no {end} ends goes on to the end of the template.
  while (open.length > 1) close();
  return open[0]!.body;
}

const stepsOf = (action: string): Step[] => new ActionReader(`${action}}`, 0).read();

/** Reads the steps of one action, up to and with its closing brace. */
class ActionReader {
  private readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  read(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined || c === '\n' || c === '\r') throw new JsonPathError('unclosed action');
      if (c === '}') {
        this.at += 1;
        return steps;
      }
      if (this.text.startsWith('[?(', this.at)) steps.push(this.filter());
      else if (this.text.startsWith('..', this.at)) this.recursive(steps);
      else if (c === ' ' || c === '@' || c === '$') this.at += 1;
      else if (c === '[') steps.push(...this.array());
      else if (c === '"' || c === "'") steps.push(this.quoted(c));
      else if (c === '.') {
        this.at += 1;
        steps.push(this.field());
      } else if (/[-+\d]/.test(c)) steps.push(this.number());
      else steps.push(this.word());
    }
  }

  private recursive(steps: Step[]): void {
    if (steps.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent');
    this.at += 2;
    steps.push({ type: 'recursive' });
    if (WORD.test(this.text[this.at] ?? '')) steps.push(this.field());
  }

  private field(): Step {
    const from = this.at;
    while (this.at < this.text.length && !TERMINATOR.test(this.text[this.at]!))
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    const name = this.text.slice(from, this.at);
    return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') };
  }

  private number(): Step {
    const [text] = /^[-+]?[\d.]*/.exec(this.text.slice(this.at))!;
    this.at += text.length;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathError(`cannot parse number ${text}`);
    return { type: 'literal', value: Number(text), kind: text.includes('.') ? 'float64' : 'int64' };
  }

  private word(): Step {
    const from = this.at;
    const first = String.fromCodePoint(this.text.codePointAt(from)!);
    if (!WORD.test(first)) throw new JsonPathError(`unrecognized character in action: ${inUnicode(first)}`);
    while (this.at < this.text.length && !TERMINATOR.test(this.text[this.at]!)) this.at += 1;
    const name = this.text.slice(from, this.at);
    return name === 'true' || name === 'false'
      ? { type: 'literal', value: name === 'true', kind: 'bool' }
      : { type: 'word', name };
  }

  private quoted(quote: string): Step {
    const from = this.at;
    for (this.at += 1; ; this.at += 1) {
      const c = this.text[this.at];
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated quoted string');
      if (c === quote && this.text[this.at - 1] !== '\\') break;
    }
    this.at += 1;
    return { type: 'text', text: unquote(this.text.slice(from, this.at)) };
  }

  /** What stands in brackets, up to the first that closes: quotes do not shield one. */
  private array(): Step[] {
    const end = this.text.indexOf(']', this.at);
    const inner = end < 0 ? '' : this.text.slice(this.at + 1, end);
    if (end < 0 || inner.includes('\n')) throw new JsonPathError('unterminated array');
    this.at = end + 1;
    const parts = inner.split(',');
    if (parts.length > 1)
      return [{ type: 'union', paths: parts.map((part) => stepsOf(`[${part.replace(/^ +| +$/g, '')}]`)) }];
    const key = DICTIONARY_KEY.exec(inner);
    return key === null ? [sliceOf(inner === '*' ? ':' : inner)] : stepsOf(`.${key[1]}`);
  }

  private filter(): Step {
    const from = this.at + '[?('.length;
    let quote: string | undefined;
    let closed = false;
    for (this.at = from; ; this.at += 1) {
      const c = this.text[this.at];
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated filter');
      if (c === '"' || c === "'") {
        if (quote === undefined) quote = c;
        else if (c === quote && this.text[this.at - 1] !== '\\') closed = true;
      } else if (c === ')' && (quote !== undefined) === closed) break;
    }
    const inner = this.text.slice(from, this.at);
    if (this.text[this.at + 1] !== ']') throw new JsonPathError('unclosed array expect ]');
    this.at += 2;
    const comparison = COMPARISON.exec(inner);
    if (comparison === null) return { type: 'filter', left: stepsOf(inner), operator: 'exists', right: [] };
    const [, left, operator, right] = comparison;
    return { type: 'filter', left: stepsOf(left!), operator: operator!, right: stepsOf(right!) };
  }
}

function sliceOf(inner: string): Step {
  const match = SLICE.exec(inner);
  if (match === null) throw new JsonPathError(`invalid array index ${inner}`);
  const [first = '', second, third] = match.slice(1);
  const bound = (text: string | undefined): number | undefined => {
    if (text === undefined || text === '') return undefined;
    if (text === '-') throw new JsonPathError(`array index ${text} is not a number`);
    return Number(text);
  };
  return {
    type: 'slice',
    from: bound(first),
    to: bound(second?.slice(1)),
    step: bound(third?.slice(1)),
    single: second === undefined,
  };
}

/** As Go's `%#U` prints a character. */
const inUnicode = (c: string): string =>
  `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${c}'`;

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Go's strconv.UnquoteChar, character by character; single quotes may enclose a string too. */
function unquote(quoted: string): string {
  const quote = quoted[0]!;
  const refuse = (): never => {
    throw new JsonPathError(`unquote string ${quoted} error invalid syntax`);
  };
  return quoted
    .slice(1, -1)
    .replace(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[0-7]{3}|[^]|$)/gi, (_, escape: string) => {
      if (escape === quote) return quote;
      if (/^[xuU]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
      if (/^[0-7]{3}$/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8));
      return ESCAPES[escape] ?? refuse();
    });
}
