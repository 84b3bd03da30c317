/** Templates of Go, read. Source: text/template/parse/parse.go. */
import { lineOf, type Token, tokensOf, type TokenKind } from './lex.ts';
import {
  type Branching,
  type Command,
  type Node,
  type Operand,
  operandText,
  type Pipe,
  type Template,
  TemplateError,
} from './nodes.ts';

/** The text of a token as errors show it. */
function shown({ kind, text }: Token): string {
  if (kind === 'end') return 'EOF';
  if (kind === 'dot') return '<.>';
  if (KEYWORDS.has(text)) return `<${text}>`;
  return text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text);
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'block break continue define else end if range nil template with'.split(' '),
);
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** What a quoted text of Go stands for; undefined where it is none. */
function unquoted(text: string): string | undefined {
  if (text.startsWith('`')) return text.slice(1, -1);
  let isWrong = false;
  const value = text
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
      (_, x?: string, u?: string, long?: string, octal?: string, one?: string) => {
        const hex = x ?? u ?? long;
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
        if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
        const escaped = ESCAPES[one!];
        isWrong ||= escaped === undefined;
        return escaped ?? '';
      },
    );
  return isWrong ? undefined : value;
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly functions: ReadonlySet<string>;
  private next = 0;
  private variables: string[] = ['$'];
  private ranges = 0;
  readonly defined = new Map<string, readonly Node[]>();

  constructor(text: string, functions: ReadonlySet<string>) {
    this.text = text;
    this.tokens = tokensOf(text);
    this.functions = functions;
  }

  private fail(why: string, at = this.peek().at): never {
    throw new TemplateError(`${lineOf(this.text, at)}: ${why}`);
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.next += 1;
    return token;
  }

  private peekWord(): Token {
    while (this.peek().kind === 'space') this.next += 1;
    return this.peek();
  }

  private takeWord(): Token {
    this.peekWord();
    return this.take();
  }

  private unexpected(token: Token, context: string): never {
    this.fail(`unexpected ${shown(token)} in ${context}`, token.at);
  }

  private expect(kind: TokenKind, context: string): Token {
    const token = this.takeWord();
    if (token.kind !== kind) this.unexpected(token, context);
    return token;
  }

  root(): Node[] {
    const nodes: Node[] = [];
    while (this.peek().kind !== 'end') {
      const node = this.textOrAction();
      if (node === undefined) continue;
      if ('ends' in node) this.fail(`unexpected {{${node.ends}}}`, node.at);
      nodes.push(node);
    }
    return nodes;
  }

  /** Nodes up to what ends them. */
  private list(): { nodes: Node[]; ends: 'else' | 'end' } {
    const nodes: Node[] = [];
    while (this.peek().kind !== 'end') {
      const node = this.textOrAction();
      if (node === undefined) continue;
      if ('ends' in node) return { nodes, ends: node.ends };
      nodes.push(node);
    }
    return this.fail('unexpected EOF');
  }

  /** What defines something is no node. */
  private textOrAction(): Node | { ends: 'else' | 'end'; at: number } | undefined {
    const token = this.take();
    if (token.kind === 'text') return { kind: 'text', text: token.text, at: token.at };
    const first = this.peekWord();
    const { at } = first;
    if (first.kind === 'identifier')
      switch (first.text) {
        case 'if':
        case 'range':
        case 'with':
          this.take();
          return this.branch(first.text, at);
        case 'end':
          this.take();
          this.expect('close', 'end');
          return { ends: 'end', at };
        case 'else': {
          this.take();
          const behind = this.peekWord();
          // What follows is read by the branch that the else belongs to.
          if (behind.kind === 'identifier' && (behind.text === 'if' || behind.text === 'with'))
            return { ends: 'else', at };
          this.expect('close', 'else');
          return { ends: 'else', at };
        }
        case 'break':
        case 'continue':
          this.take();
          if (this.ranges === 0) this.fail(`{{${first.text}}} outside {{range}}`, at);
          this.expect('close', `{{${first.text}}}`);
          return { kind: first.text, at };
        case 'define':
          this.take();
          this.define();
          return undefined;
        case 'block': {
          this.take();
          const name = this.name('block clause');
          const pipe = this.pipe('block clause', 'close');
          const { variables } = this;
          this.variables = ['$'];
          this.defined.set(name, this.body('block clause'));
          this.variables = variables;
          return { kind: 'template', name, pipe, at };
        }
        case 'template': {
          this.take();
          const { at: place } = this.peekWord();
          const name = this.name('template clause');
          if (this.peekWord().kind === 'close') {
            this.take();
            return { kind: 'template', name, pipe: undefined, at: place };
          }
          return { kind: 'template', name, pipe: this.pipe('template clause', 'close'), at: place };
        }
      }
    return { kind: 'action', pipe: this.pipe('command', 'close'), at };
  }

  private name(context: string): string {
    const token = this.takeWord();
    if (token.kind !== 'string') this.unexpected(token, context);
    return unquoted(token.text) ?? this.fail('invalid syntax', token.at);
  }

  private body(context: string): Node[] {
    const { nodes, ends } = this.list();
    if (ends !== 'end') this.fail(`unexpected {{${ends}}} in ${context}`);
    return nodes;
  }

  private define(): void {
    const name = this.name('define clause');
    this.expect('close', 'define clause');
    const { variables, ranges } = this;
    this.variables = ['$'];
    this.ranges = 0;
    this.defined.set(name, this.body('define clause'));
    this.variables = variables;
    this.ranges = ranges;
  }

  private branch(kind: Branching, at: number): Node {
    const known = this.variables.length;
    const pipe = this.pipe(kind, 'close');
    if (kind === 'range') this.ranges += 1;
    const { nodes: then, ends } = this.list();
    if (kind === 'range') this.ranges -= 1;
    let otherwise: Node[] | undefined;
    if (ends === 'else') {
      const behind = this.peekWord();
      const chained = behind.kind === 'identifier' && (behind.text === 'if' || behind.text === 'with');
      if (chained && behind.text === kind) {
        this.take();
        otherwise = [this.branch(kind, behind.at)];
      } else if (chained) this.unexpected(behind, 'else');
      else {
        const { nodes, ends: last } = this.list();
        if (last !== 'end') this.fail(`expected end; found {{${last}}}`);
        otherwise = nodes;
      }
    }
    this.variables.length = known;
    return { kind, pipe, then, otherwise, at };
  }

  private pipe(context: string, end: 'close' | ')'): Pipe {
    const { at } = this.peekWord();
    const { declares, assigns } = this.declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.peekWord();
      if (token.kind === end) {
        this.take();
        this.checkPipe(commands, context, token);
        return { declares, assigns, commands, at };
      }
      if (!STARTS.has(token.kind)) this.unexpected(token, context);
      commands.push(this.command());
    }
  }

  private declarations(context: string): { declares: string[]; assigns: boolean } {
    const start = this.next;
    const names: string[] = [];
    while (this.peekWord().kind === 'variable') {
      const variable = this.take();
      const sign = this.peekWord();
      if (sign.kind === 'declare' || sign.kind === 'assign') {
        this.take();
        names.push(variable.text);
        if (sign.kind === 'declare') this.variables.push(...names);
        else for (const name of names) this.known(name, variable.at);
        return { declares: names, assigns: sign.kind === 'assign' };
      }
      if (sign.kind !== 'comma') break;
      if (context !== 'range' || names.length > 0) this.fail(`too many declarations in ${context}`, sign.at);
      this.take();
      names.push(variable.text);
    }
    this.next = start;
    return { declares: [], assigns: false };
  }

  private checkPipe(commands: readonly Command[], context: string, end: Token): void {
    if (commands.length === 0) this.fail(`missing value for ${context}`, end.at);
    commands.slice(1).forEach(({ words: [first] }, i) => {
      if (['bool', 'dot', 'nil', 'number', 'string'].includes(first!.kind))
        this.fail(`non executable command in pipeline stage ${i + 2}`, end.at);
    });
  }

  private command(): Command {
    const { at } = this.peekWord();
    const words: Operand[] = [];
    for (;;) {
      this.peekWord();
      const operand = this.operand();
      if (operand !== undefined) words.push(operand);
      const token = this.take();
      if (token.kind === 'space') continue;
      if (token.kind === 'close' || token.kind === ')') this.next -= 1;
      else if (token.kind !== 'pipe') this.unexpected(token, 'operand');
      else if (this.peekWord().kind === 'close' || this.peek().kind === ')')
        this.fail('missing value for command');
      break;
    }
    if (words.length === 0) this.fail('empty command');
    return { words, at };
  }

  private operand(): Operand | undefined {
    const term = this.term();
    if (term === undefined) return undefined;
    if (this.peek().kind !== 'field') return term;
    const { at } = this.peek();
    const path: string[] = [];
    while (this.peek().kind === 'field') path.push(this.take().text.slice(1));
    switch (term.kind) {
      case 'field':
        return { ...term, path: [...term.path, ...path], at };
      case 'variable':
        return { ...term, path: [...term.path, ...path], at };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${JSON.stringify(operandText(term))}`);
      default:
        return { kind: 'chain', of: term, path, at };
    }
  }

  private known(name: string, at: number): void {
    if (!this.variables.includes(name)) this.fail(`undefined variable ${JSON.stringify(name)}`, at);
  }

  private term(): Operand | undefined {
    const token = this.peekWord();
    const { at, text } = token;
    switch (token.kind) {
      case 'dot':
        this.take();
        return { kind: 'dot', at };
      case 'field':
        this.take();
        return { kind: 'field', path: [text.slice(1)], at };
      case 'variable':
        this.take();
        this.known(text, at);
        return { kind: 'variable', name: text, path: [], at };
      case 'string': {
        this.take();
        const value = unquoted(text);
        return value === undefined
          ? this.fail('invalid syntax', at)
          : { kind: 'string', quoted: text, value, at };
      }
      case 'char': {
        this.take();
        const value = unquoted(text)?.codePointAt(0);
        return value === undefined
          ? this.fail(`malformed character constant: ${text}`, at)
          : { kind: 'number', text, value, isInt: true, at };
      }
      case 'number': {
        this.take();
        const value = Number(text.replaceAll('_', '').replace(/^\+/, ''));
        const isInt =
          !/[.eE]/.test(text) || /^[+-]?0[xX]/.test(text) || (Number.isInteger(value) && !text.includes('.'));
        return { kind: 'number', text, value, isInt, at };
      }
      case '(': {
        this.take();
        return { kind: 'pipe', pipe: this.pipe('parenthesized pipeline', ')'), at };
      }
      case 'identifier':
        if (text === 'true' || text === 'false') {
          this.take();
          return { kind: 'bool', value: text === 'true', at };
        }
        if (text === 'nil') {
          this.take();
          return { kind: 'nil', at };
        }
        if (KEYWORDS.has(text)) return undefined;
        this.take();
        if (!this.functions.has(text)) this.fail(`function ${JSON.stringify(text)} not defined`, at);
        return { kind: 'function', name: text, at };
      default:
        return undefined;
    }
  }
}

const STARTS: ReadonlySet<TokenKind> = new Set([
  'dot',
  'field',
  'variable',
  'string',
  'char',
  'number',
  '(',
  'identifier',
]);

/** @throws TemplateError: `1: function "x" not defined`, its line first */
export function parseTemplate(text: string, functions: ReadonlySet<string>): Template {
  const parser = new Parser(text, functions);
  const root = parser.root();
  return { text, root, defined: parser.defined };
}
