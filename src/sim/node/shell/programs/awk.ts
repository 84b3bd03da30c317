/**
 * awk, as far as scripts of containers go: patterns, `BEGIN` and `END`, fields, variables, arrays, the common
 * statements and functions. What is beyond it is passed over, and the program ends well.
 */
import type { Call, Program } from '../call.ts';
import { extendedExpression } from '../regexp.ts';
import { optionsOf } from './options.ts';
import { linesOf, whole } from './text.ts';
import { absolute } from '../paths.ts';

type Value = string | number;
type Node =
  | { readonly k: 'value'; readonly v: Value }
  | { readonly k: 'regexp'; readonly v: string }
  | { readonly k: 'name'; readonly v: string }
  | { readonly k: 'field'; readonly of: Node }
  | { readonly k: 'element'; readonly v: string; readonly of: readonly Node[] }
  | { readonly k: 'call'; readonly v: string; readonly of: readonly Node[] }
  | { readonly k: 'unary'; readonly v: string; readonly of: Node }
  | { readonly k: 'step'; readonly v: string; readonly of: Node; readonly prefix: boolean }
  | { readonly k: 'binary'; readonly v: string; readonly a: Node; readonly b: Node }
  | { readonly k: 'assign'; readonly v: string; readonly a: Node; readonly b: Node }
  | { readonly k: 'choice'; readonly a: Node; readonly b: Node; readonly c: Node }
  | { readonly k: 'in'; readonly v: string; readonly of: Node };
type Statement =
  | { readonly k: 'print'; readonly of: readonly Node[] }
  | { readonly k: 'printf'; readonly of: readonly Node[] }
  | { readonly k: 'do'; readonly of: Node }
  | { readonly k: 'if'; readonly a: Node; readonly b: readonly Statement[]; readonly c: readonly Statement[] }
  | {
      readonly k: 'while';
      readonly a: Node;
      readonly b: readonly Statement[];
      readonly step?: readonly Statement[];
    }
  | { readonly k: 'for in'; readonly v: string; readonly of: string; readonly b: readonly Statement[] }
  | { readonly k: 'next' | 'break' | 'continue' }
  | { readonly k: 'exit'; readonly of: Node | undefined }
  | { readonly k: 'delete'; readonly v: string; readonly of: readonly Node[] };
interface Rule {
  readonly when: 'BEGIN' | 'END' | Node | undefined;
  readonly then: readonly Statement[] | undefined;
}

/** Beyond what is followed here. */
class Beyond extends Error {}

const TOKEN =
  /^(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|("(?:[^"\\]|\\.)*")|([A-Za-z_]\w*)|(\+\+|--|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|&&|\|\||!~|[-+*/%^<>=!~?:,;(){}[\]$\n]))/s;

class Parser {
  private readonly tokens: {
    readonly kind: 'number' | 'text' | 'name' | 'op' | 'regexp';
    readonly text: string;
  }[] = [];
  private at = 0;

  constructor(text: string) {
    let rest = text;
    while (rest !== '') {
      const space = /^(?:[ \t\r]|\\\n|#[^\n]*)+/.exec(rest);
      if (space !== null) {
        rest = rest.slice(space[0].length);
        continue;
      }
      const last = this.tokens.at(-1);
      const valueBefore = last !== undefined && (last.kind !== 'op' || /^[)\]$]$/.test(last.text));
      const regexp = !valueBefore && rest.startsWith('/') ? /^\/((?:[^/\\\n]|\\.)*)\//s.exec(rest) : null;
      if (regexp !== null) {
        this.tokens.push({ kind: 'regexp', text: regexp[1]! });
        rest = rest.slice(regexp[0].length);
        continue;
      }
      const found = TOKEN.exec(rest);
      if (found === null) throw new Beyond();
      const [all, number, text, name] = found;
      this.tokens.push({
        kind:
          number === undefined
            ? text === undefined
              ? name === undefined
                ? 'op'
                : 'name'
              : 'text'
            : 'number',
        text: all,
      });
      rest = rest.slice(all.length);
    }
  }

  rules(): Rule[] {
    const rules: Rule[] = [];
    for (this.skip(); this.at < this.tokens.length; this.skip()) {
      if (this.is('name', 'function')) throw new Beyond();
      const special = ['BEGIN', 'END'].find((word) => this.is('name', word)) as 'BEGIN' | 'END' | undefined;
      if (special !== undefined) this.at += 1;
      const when = special ?? (this.isOp('{') ? undefined : this.expression());
      if (this.isOp(',')) throw new Beyond();
      rules.push({ when, then: this.isOp('{') ? this.block() : undefined });
    }
    return rules;
  }

  private is(kind: string, text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === kind && token.text === text;
  }

  private isOp(...texts: string[]): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'op' && texts.includes(token.text);
  }

  private skip(): void {
    while (this.isOp(';', '\n')) this.at += 1;
  }

  private want(text: string): void {
    if (!this.isOp(text)) throw new Beyond();
    this.at += 1;
  }

  private newLines(): void {
    while (this.isOp('\n')) this.at += 1;
  }

  private block(): Statement[] {
    this.newLines();
    if (!this.isOp('{')) {
      const only = this.statement();
      return only;
    }
    this.want('{');
    const out: Statement[] = [];
    for (this.skip(); !this.isOp('}'); this.skip()) {
      if (this.at >= this.tokens.length) throw new Beyond();
      out.push(...this.statement());
    }
    this.want('}');
    return out;
  }

  private statement(): Statement[] {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Beyond();
    if (this.isOp('{')) return this.block();
    if (this.isOp(';')) {
      this.at += 1;
      return [];
    }
    if (token.kind === 'name')
      switch (token.text) {
        case 'print':
        case 'printf': {
          this.at += 1;
          const of = this.isOp(';', '}', '\n') || this.at >= this.tokens.length ? [] : this.list(true);
          if (this.isOp('>', '|')) throw new Beyond();
          return [{ k: token.text, of }];
        }
        case 'if': {
          this.at += 1;
          this.want('(');
          const a = this.expression();
          this.want(')');
          const b = this.block();
          const before = this.at;
          this.skip();
          if (this.is('name', 'else')) {
            this.at += 1;
            return [{ k: 'if', a, b, c: this.block() }];
          }
          this.at = before;
          return [{ k: 'if', a, b, c: [] }];
        }
        case 'while': {
          this.at += 1;
          this.want('(');
          const a = this.expression();
          this.want(')');
          return [{ k: 'while', a, b: this.block() }];
        }
        case 'for':
          return this.loop();
        case 'next':
        case 'break':
        case 'continue':
          this.at += 1;
          return [{ k: token.text }];
        case 'exit':
          this.at += 1;
          return [
            {
              k: 'exit',
              of: this.isOp(';', '}', '\n') || this.at >= this.tokens.length ? undefined : this.expression(),
            },
          ];
        case 'delete': {
          this.at += 1;
          const name = this.tokens[this.at++]?.text ?? '';
          if (!this.isOp('[')) return [{ k: 'delete', v: name, of: [] }];
          this.want('[');
          const of = this.list();
          this.want(']');
          return [{ k: 'delete', v: name, of }];
        }
        case 'do':
        case 'getline':
        case 'return':
          throw new Beyond();
      }
    return [{ k: 'do', of: this.expression() }];
  }

  private loop(): Statement[] {
    this.at += 1;
    this.want('(');
    const [name, word, array] = this.tokens.slice(this.at, this.at + 3);
    if (name?.kind === 'name' && word?.text === 'in' && this.tokens[this.at + 3]?.text === ')') {
      this.at += 4;
      return [{ k: 'for in', v: name.text, of: array!.text, b: this.block() }];
    }
    const first: Statement[] = this.isOp(';') ? [] : [{ k: 'do', of: this.expression() }];
    this.want(';');
    const a: Node = this.isOp(';') ? { k: 'value', v: 1 } : this.expression();
    this.want(';');
    const step: Statement[] = this.isOp(')') ? [] : [{ k: 'do', of: this.expression() }];
    this.want(')');
    return [...first, { k: 'while', a, b: this.block(), step }];
  }

  private list(printing = false): Node[] {
    const out = [this.expression(printing)];
    while (this.isOp(',')) {
      this.at += 1;
      this.newLines();
      out.push(this.expression(printing));
    }
    return out;
  }

  /** @param printing `>` is a redirection, and not a comparison */
  private expression(printing = false): Node {
    const left = this.choice(printing);
    if (!this.isOp('=', '+=', '-=', '*=', '/=', '%=')) return left;
    const v = this.tokens[this.at++]!.text;
    return { k: 'assign', v, a: left, b: this.expression(printing) };
  }

  private choice(printing: boolean): Node {
    const a = this.level(0, printing);
    if (!this.isOp('?')) return a;
    this.at += 1;
    const b = this.choice(printing);
    this.want(':');
    return { k: 'choice', a, b, c: this.choice(printing) };
  }

  private static readonly LEVELS: readonly (readonly string[])[] = [
    ['||'],
    ['&&'],
    ['~', '!~'],
    ['<', '<=', '==', '!=', '>', '>='],
    [' '],
    ['+', '-'],
    ['*', '/', '%'],
  ];

  private level(n: number, printing: boolean): Node {
    const operators = Parser.LEVELS[n];
    if (operators === undefined) return this.unary(printing);
    let a = this.level(n + 1, printing);
    for (;;) {
      if (n === 1 && this.is('name', 'in')) {
        this.at += 1;
        a = { k: 'in', v: this.tokens[this.at++]?.text ?? '', of: a };
      } else if (operators[0] === ' ') {
        if (!this.beginsValue()) return a;
        a = { k: 'binary', v: ' ', a, b: this.level(n + 1, printing) };
      } else if (this.isOp(...operators) && !(printing && this.isOp('>'))) {
        const v = this.tokens[this.at++]!.text;
        this.newLines();
        a = { k: 'binary', v, a, b: this.level(n + 1, printing) };
      } else return a;
    }
  }

  private beginsValue(): boolean {
    const token = this.tokens[this.at];
    if (token === undefined || token.text === 'in') return false;
    return (
      token.kind !== 'op' || (['$', '(', '!', '-', '++', '--'].includes(token.text) && token.text !== '-')
    );
  }

  private unary(printing: boolean): Node {
    if (this.isOp('!', '-', '+')) {
      const v = this.tokens[this.at++]!.text;
      return { k: 'unary', v, of: this.unary(printing) };
    }
    const base = this.step();
    if (!this.isOp('^')) return base;
    this.at += 1;
    return { k: 'binary', v: '^', a: base, b: this.unary(printing) };
  }

  private step(): Node {
    if (this.isOp('++', '--')) {
      const v = this.tokens[this.at++]!.text;
      return { k: 'step', v, of: this.primary(), prefix: true };
    }
    const of = this.primary();
    if (!this.isOp('++', '--')) return of;
    return { k: 'step', v: this.tokens[this.at++]!.text, of, prefix: false };
  }

  private primary(): Node {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Beyond();
    if (token.kind === 'number') return { k: 'value', v: Number(token.text) };
    if (token.kind === 'text') return { k: 'value', v: plain(token.text.slice(1, -1)) };
    if (token.kind === 'regexp') return { k: 'regexp', v: token.text };
    if (token.text === '(') {
      const inside = this.list();
      this.want(')');
      if (inside.length === 1) return inside[0]!;
      return inside.reduce((a, b) => ({ k: 'binary', v: ',', a, b }));
    }
    if (token.text === '$') {
      const of = this.isOp('++', '--') ? this.step() : this.primary();
      return { k: 'field', of };
    }
    if (token.kind !== 'name') throw new Beyond();
    if (this.isOp('(')) {
      this.at += 1;
      const of = this.isOp(')') ? [] : this.list();
      this.want(')');
      if (!FUNCTIONS.has(token.text)) throw new Beyond();
      return { k: 'call', v: token.text, of };
    }
    if (this.isOp('[')) {
      this.at += 1;
      const of = this.list();
      this.want(']');
      return { k: 'element', v: token.text, of };
    }
    return FUNCTIONS.has(token.text) ? { k: 'call', v: token.text, of: [] } : { k: 'name', v: token.text };
  }
}

const FUNCTIONS: ReadonlySet<string> = new Set(
  'length substr index split sub gsub match tolower toupper sprintf int sqrt system close fflush'.split(' '),
);
const plain = (text: string): string =>
  text.replaceAll(
    /\\(.)/gs,
    (all, c: string) => ({ n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/' })[c] ?? all,
  );

class Stop extends Error {
  readonly how: string;
  constructor(how: string) {
    super();
    this.how = how;
  }
}

const MOST_STEPS = 500_000;

class Machine {
  code = 0;
  private readonly variables = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['NR', 0],
    ['FNR', 0],
    ['SUBSEP', '\x1c'],
    ['RSTART', 0],
    ['RLENGTH', -1],
  ]);
  private readonly arrays = new Map<string, Map<string, Value>>();
  private record = '';
  private fields: string[] = [];
  private steps = 0;
  private readonly call: Call;
  private readonly rules: readonly Rule[];

  constructor(call: Call, rules: readonly Rule[]) {
    this.call = call;
    this.rules = rules;
    this.arrays.set('ENVIRON', new Map(Object.entries(call.environment)));
  }

  set(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  get readsInput(): boolean {
    return this.rules.some(({ when }) => when !== 'BEGIN');
  }

  begin(): boolean {
    return this.phase('BEGIN');
  }

  run(text: string): void {
    for (const line of linesOf(text)) {
      this.split(line.replace(/\n$/, ''));
      for (const name of ['NR', 'FNR']) this.set(name, Number(this.variables.get(name)) + 1);
      try {
        for (const { when, then } of this.rules) {
          if (when === 'BEGIN' || when === 'END' || (when !== undefined && !this.truth(when))) continue;
          if (then === undefined) this.call.out(`${this.record}\n`);
          else this.all(then);
        }
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        if (error.how === 'exit') break;
      }
    }
    this.phase('END');
  }

  /** @returns false where it ended the program */
  private phase(which: 'BEGIN' | 'END'): boolean {
    try {
      for (const { when, then } of this.rules) if (when === which) this.all(then ?? []);
      return true;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return error.how !== 'exit';
    }
  }

  private split(record: string): void {
    this.record = record;
    this.fields = this.parts(record, String(this.variables.get('FS')));
    this.variables.set('NF', this.fields.length);
  }

  private parts(text: string, separator: string): string[] {
    if (text === '') return [];
    if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/\s+/);
    if (separator.length === 1 && separator !== '|') return text.split(separator);
    const expression = separator.length === 1 ? undefined : extendedExpression(separator);
    return text.split(expression ?? separator);
  }

  private all(list: readonly Statement[]): void {
    for (const statement of list) this.one(statement);
  }

  private one(s: Statement): void {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new Beyond();
    switch (s.k) {
      case 'print':
        this.call.out(
          (s.of.length === 0
            ? this.record
            : s.of.map((n) => this.text(n)).join(String(this.variables.get('OFS')))) +
            String(this.variables.get('ORS')),
        );
        return;
      case 'printf':
        this.call.out(this.format(s.of));
        return;
      case 'do':
        this.value(s.of);
        return;
      case 'if':
        return this.all(this.truth(s.a) ? s.b : s.c);
      case 'while':
        while (this.truth(s.a)) {
          if (this.body(s.b)) return;
          this.all(s.step ?? []);
          this.steps += 1;
          if (this.steps > MOST_STEPS) throw new Beyond();
        }
        return;
      case 'for in':
        for (const key of [...(this.arrays.get(s.of)?.keys() ?? [])]) {
          this.set(s.v, key);
          if (this.body(s.b)) return;
        }
        return;
      case 'exit':
        if (s.of !== undefined) this.code = Number(this.value(s.of)) & 255;
        throw new Stop('exit');
      case 'delete':
        if (s.of.length === 0) this.arrays.delete(s.v);
        else this.arrays.get(s.v)?.delete(this.key(s.of));
        return;
      default:
        throw new Stop(s.k);
    }
  }

  /** @returns whether the loop is broken off */
  private body(list: readonly Statement[]): boolean {
    try {
      this.all(list);
      return false;
    } catch (error) {
      if (!(error instanceof Stop) || (error.how !== 'break' && error.how !== 'continue')) throw error;
      return error.how === 'break';
    }
  }

  private key(of: readonly Node[]): string {
    return of.map((n) => this.text(n)).join('\x1c');
  }

  private truth(node: Node): boolean {
    if (node.k === 'regexp') return this.matches(this.record, node.v);
    const value = this.value(node);
    if (typeof value === 'number') return value !== 0;
    return node.k === 'value' ? value !== '' : looksNumeric(value) ? Number(value) !== 0 : value !== '';
  }

  private text(node: Node): string {
    return asText(this.value(node));
  }

  private matches(text: string, source: string): boolean {
    const expression = extendedExpression(source);
    if (expression === undefined) throw new Beyond();
    return expression.test(text);
  }

  private value(node: Node): Value {
    switch (node.k) {
      case 'value':
        return node.v;
      case 'regexp':
        return Number(this.matches(this.record, node.v));
      case 'name':
        return this.variables.get(node.v) ?? '';
      case 'field': {
        const n = numeric(this.value(node.of));
        return n === 0 ? this.record : (this.fields[n - 1] ?? '');
      }
      case 'element':
        return this.arrays.get(node.v)?.get(this.key(node.of)) ?? '';
      case 'in':
        return Number(this.arrays.get(node.v)?.has(this.text(node.of)) === true);
      case 'unary': {
        if (node.v === '!') return Number(!this.truth(node.of));
        const n = numeric(this.value(node.of));
        return node.v === '-' ? -n : n;
      }
      case 'step': {
        const before = numeric(this.value(node.of));
        const after = before + (node.v === '++' ? 1 : -1);
        this.assign(node.of, after);
        return node.prefix ? after : before;
      }
      case 'choice':
        return this.value(this.truth(node.a) ? node.b : node.c);
      case 'assign': {
        const right = this.value(node.b);
        const value =
          node.v === '=' ? right : calculate(node.v[0]!, numeric(this.value(node.a)), numeric(right));
        this.assign(node.a, value);
        return value;
      }
      case 'binary':
        return this.binary(node.v, node.a, node.b);
      case 'call':
        return this.callFunction(node.v, node.of);
    }
  }

  private binary(v: string, a: Node, b: Node): Value {
    if (v === '&&') return Number(this.truth(a) && this.truth(b));
    if (v === '||') return Number(this.truth(a) || this.truth(b));
    if (v === ' ') return this.text(a) + this.text(b);
    if (v === ',') return `${this.text(a)}\x1c${this.text(b)}`;
    if (v === '~' || v === '!~')
      return Number(this.matches(this.text(a), b.k === 'regexp' ? b.v : this.text(b)) === (v === '~'));
    const [x, y] = [this.value(a), this.value(b)];
    if (!['<', '<=', '==', '!=', '>', '>='].includes(v)) return calculate(v, numeric(x), numeric(y));
    const numbers =
      (typeof x === 'number' || (looksNumeric(x) && a.k !== 'value')) &&
      (typeof y === 'number' || (looksNumeric(y) && b.k !== 'value'));
    const order = numbers
      ? Number(x) - Number(y)
      : asText(x) < asText(y)
        ? -1
        : asText(x) > asText(y)
          ? 1
          : 0;
    return Number(
      {
        '<': order < 0,
        '<=': order <= 0,
        '==': order === 0,
        '!=': order !== 0,
        '>': order > 0,
        '>=': order >= 0,
      }[v],
    );
  }

  private assign(target: Node, value: Value): void {
    if (target.k === 'name') {
      this.set(target.v, value);
      if (target.v === 'NF') {
        this.fields.length = Math.min(numeric(value), 10_000);
        this.fields = Array.from(this.fields, (field) => field ?? '');
        this.record = this.fields.join(String(this.variables.get('OFS')));
      }
    } else if (target.k === 'element') {
      const array = this.arrays.get(target.v) ?? new Map<string, Value>();
      this.arrays.set(target.v, array.set(this.key(target.of), value));
    } else if (target.k === 'field') {
      const n = numeric(this.value(target.of));
      if (n === 0) return this.split(asText(value));
      if (n < 1 || n > 10_000) throw new Beyond();
      while (this.fields.length < n) this.fields.push('');
      this.fields[n - 1] = asText(value);
      this.variables.set('NF', this.fields.length);
      this.record = this.fields.join(String(this.variables.get('OFS')));
    } else throw new Beyond();
  }

  private callFunction(name: string, of: readonly Node[]): Value {
    const text = (i: number): string => (of[i] === undefined ? '' : this.text(of[i]));
    const number = (i: number): number => (of[i] === undefined ? 0 : numeric(this.value(of[i])));
    switch (name) {
      case 'length':
        if (of[0]?.k === 'name' && this.arrays.has(of[0].v)) return this.arrays.get(of[0].v)!.size;
        return of.length === 0 ? this.record.length : text(0).length;
      case 'substr': {
        const from = Math.max(1, number(1));
        return of[2] === undefined
          ? text(0).slice(from - 1)
          : text(0).slice(from - 1, Math.max(from - 1, number(1) - 1 + number(2)));
      }
      case 'index':
        return text(0).indexOf(text(1)) + 1;
      case 'tolower':
        return text(0).toLowerCase();
      case 'toupper':
        return text(0).toUpperCase();
      case 'int':
        return Math.trunc(number(0));
      case 'sqrt':
        return Math.sqrt(number(0));
      case 'sprintf':
        return this.format(of);
      case 'split': {
        const [, array] = of;
        if (array?.k !== 'name') throw new Beyond();
        const separator =
          of[2] === undefined ? String(this.variables.get('FS')) : of[2].k === 'regexp' ? of[2].v : text(2);
        const parts = this.parts(text(0), separator);
        this.arrays.set(array.v, new Map(parts.map((part, i) => [String(i + 1), part])));
        return parts.length;
      }
      case 'match': {
        const found = extendedExpression(of[1]?.k === 'regexp' ? of[1].v : text(1))?.exec(text(0)) ?? null;
        this.set('RSTART', found === null ? 0 : found.index + 1);
        this.set('RLENGTH', found === null ? -1 : found[0].length);
        return found === null ? 0 : found.index + 1;
      }
      case 'sub':
      case 'gsub': {
        const expression = extendedExpression(
          of[0]?.k === 'regexp' ? of[0].v : text(0),
          name === 'gsub' ? 'g' : '',
        );
        if (expression === undefined) throw new Beyond();
        const target: Node = of[2] ?? { k: 'field', of: { k: 'value', v: 0 } };
        let many = 0;
        const by = text(1);
        const changed = this.text(target).replace(expression, (all) => {
          many += 1;
          return by.replaceAll(/\\&|&/g, (c) => (c === '&' ? all : '&'));
        });
        if (many > 0) this.assign(target, changed);
        return many;
      }
      case 'system':
        throw new Beyond();
      default:
        return 0;
    }
  }

  private format(of: readonly Node[]): string {
    const values = of.slice(1);
    let at = 0;
    return this.text(of[0] ?? { k: 'value', v: '' }).replaceAll(
      /%([-+ 0#]*)(\d*)(?:\.(\d+))?([diouxXeEfgGcs%])/g,
      (_, flags: string, width: string, precision: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        const given = values[at++];
        const value = given === undefined ? '' : this.value(given);
        const shown =
          kind === 's'
            ? asText(value).slice(0, precision === undefined ? undefined : Number(precision))
            : kind === 'c'
              ? typeof value === 'number'
                ? String.fromCharCode(value)
                : value.slice(0, 1)
              : 'diu'.includes(kind)
                ? String(Math.trunc(numeric(value)))
                : kind === 'o'
                  ? Math.trunc(numeric(value)).toString(8)
                  : 'xX'.includes(kind)
                    ? Math.trunc(numeric(value)).toString(16)
                    : 'eE'.includes(kind)
                      ? numeric(value)
                          .toExponential(Number(precision ?? 6))
                          .replace(/e([-+])(\d)$/, 'e$10$2')
                      : kind === 'f'
                        ? numeric(value).toFixed(Number(precision ?? 6))
                        : String(Number(numeric(value).toPrecision(Number(precision ?? 6) || 1)));
        return flags.includes('-')
          ? shown.padEnd(Number(width))
          : shown.padStart(Number(width), flags.includes('0') && kind !== 's' ? '0' : ' ');
      },
    );
  }
}

const looksNumeric = (text: string): boolean =>
  /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text);
const numeric = (value: Value): number =>
  typeof value === 'number'
    ? value
    : Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
const asText = (value: Value): string =>
  typeof value === 'string'
    ? value
    : Number.isInteger(value)
      ? String(value)
      : String(Number(value.toPrecision(6)));

function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? 0 : a / b;
    case '%':
      return b === 0 ? 0 : a % b;
    default: {
      // Whole powers only, multiplied out: Math.pow may differ between platforms.
      let power = 1;
      for (let i = 0; i < Math.min(Math.abs(Math.trunc(b)), 1024); i++) power *= a;
      return b < 0 ? 1 / power : power;
    }
  }
}

const awk: Program = (call) => {
  const options = optionsOf(call.argv, 'Fvf', [], true);
  const operands = [...options.operands];
  const file = options.value('f');
  const text = file === undefined ? operands.shift() : call.env.files.read(absolute(call.cwd, file));
  if (text === undefined) {
    call.err('usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n');
    return 2;
  }
  try {
    const machine = new Machine(call, new Parser(text).rules());
    const separator = options.value('F');
    if (separator !== undefined) machine.set('FS', separator === 't' ? '\t' : plain(separator));
    for (const assignment of options.values('v'))
      machine.set(assignment.split('=')[0]!, plain(assignment.slice(assignment.indexOf('=') + 1)));
    if (machine.readsInput && operands.length === 0 && !call.input.ended) return { input: true, state: null };
    if (!machine.begin() || !machine.readsInput) return machine.code;
    return whole(
      call,
      operands,
      (input) => machine.run(input),
      () => machine.code,
    );
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
    call.env.passOver(`awk ${text}`);
    return 0;
  }
};

export const awkPrograms: Readonly<Record<string, Program>> = { awk, gawk: awk, mawk: awk, nawk: awk };
