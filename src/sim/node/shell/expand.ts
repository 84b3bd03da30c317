/**
 * Expansions of words (POSIX 2.6): parameters, command substitution, arithmetic, splitting into fields,
 * names of files. What an expansion has done that must not be done again (a command that was run, a
 * variable that was
 * counted up) is remembered with the instruction: where a command has to be run first, the instruction is
 * suspended, and expands its words once more when the command has ended.
 */
import {
  parse,
  type ArithmeticExpression,
  type ArithmeticExpansionPart,
  type CommandExpansionPart,
  type HereDoc,
  type ParameterExpansionPart,
  type ProcessSubstitutionPart,
  type Word,
  type WordPart,
} from 'unbash';
import { ArithmeticError, type ArithmeticScope, evaluate, evaluateText } from './arithmetic.ts';
import { addOpen } from './descriptors.ts';
import type { ShellEnv } from './env.ts';
import { parseScript, ShellSyntaxError } from './parse.ts';
import { globbed } from './paths.ts';
import { hasWildcards, removed, replaced } from './pattern.ts';
import { callsOf, type ShellProcess, type ShellState, type Variable } from './state.ts';

/** A command is to be run before an expansion can go on. */
export class Suspension extends Error {
  readonly text: string;
  readonly key: string;

  constructor(text: string, key: string) {
    super();
    this.text = text;
    this.key = key;
  }
}

/** An expansion that fails ends a shell that nobody types at (POSIX 2.8.1). */
export class ExpansionError extends Error {
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** Where the pieces of a word go. */
interface Sink {
  /** As it is. */
  literal(text: string): void;
  /** Wildcards as they were written. */
  active(text: string): void;
  /** The result of an expansion outside of quotes. */
  expanded(text: string): void;
  /** Between the elements of `$@`. */
  next(): void;
  /** There were quotes: the field is there, even if it is empty. */
  present(): void;
}

const escaped = (text: string): string => text.replace(/[\\*?[\]()|!@+]/g, String.raw`\$&`);

class Joined implements Sink {
  text = '';
  private readonly forPattern: boolean;

  constructor(forPattern: boolean) {
    this.forPattern = forPattern;
  }

  literal(text: string): void {
    this.text += this.forPattern ? escaped(text) : text;
  }

  active(text: string): void {
    this.text += text;
  }

  expanded(text: string): void {
    this.text += text;
  }

  next(): void {
    this.text += ' ';
  }

  present(): void {}
}

class Fields implements Sink {
  readonly fields: { text: string; pattern: string }[] = [];
  private readonly ifs: string;
  private text = '';
  private pattern = '';
  private there = false;
  /** The last field was ended by white space: another separator that follows belongs to it. */
  private spaced = false;

  constructor(ifs: string) {
    this.ifs = ifs;
  }

  literal(text: string): void {
    this.text += text;
    this.pattern += escaped(text);
    this.there ||= text !== '';
    this.spaced = false;
  }

  active(text: string): void {
    this.text += text;
    this.pattern += text;
    this.there = true;
    this.spaced = false;
  }

  expanded(text: string): void {
    for (const c of text) {
      if (!this.ifs.includes(c)) {
        this.active(c);
        continue;
      }
      if (' \t\n'.includes(c)) {
        if (this.there) {
          this.next();
          this.spaced = true;
        }
      } else if (this.spaced) this.spaced = false;
      else {
        this.there = true;
        this.next();
      }
    }
  }

  next(): void {
    if (this.there) this.fields.push({ text: this.text, pattern: this.pattern });
    this.text = this.pattern = '';
    this.there = false;
  }

  present(): void {
    this.there = true;
    this.spaced = false;
  }
}

const NAME = /^[A-Za-z_]\w*$/;

export class Expansion implements ArithmeticScope {
  /** Assignments of the instruction that are to be made when all of it is expanded. */
  readonly assigned = new Map<string, string | readonly string[]>();
  private readonly process: ShellProcess;
  private readonly env: ShellEnv;
  private readonly state: ShellState;

  constructor(process: ShellProcess, env: ShellEnv, state: ShellState) {
    this.process = process;
    this.env = env;
    this.state = state;
  }

  // --- Words

  /** The fields that words become. @throws Suspension, ExpansionError */
  fields(words: readonly Word[]): string[] {
    const out: string[] = [];
    for (const word of words.flatMap((w) => (this.process.bash ? braced(w) : [w]))) {
      const sink = new Fields(this.ifs);
      this.word(word, sink);
      sink.next();
      for (const { text, pattern } of sink.fields) {
        const names =
          hasWildcards(pattern) && !this.process.options.includes('f')
            ? globbed(this.env.files, this.process.cwd, pattern)
            : [];
        if (names.length > 0) out.push(...names);
        else out.push(text);
      }
    }
    return out;
  }

  /** A word as one text: what is assigned, redirected to, compared. @throws Suspension, ExpansionError */
  text(word: Word): string {
    const sink = new Joined(false);
    this.word(word, sink);
    return sink.text;
  }

  /** A word as a pattern: what is quoted in it stands for itself. @throws Suspension, ExpansionError */
  pattern(word: Word): string {
    const sink = new Joined(true);
    this.word(word, sink);
    return sink.text;
  }

  /** @throws Suspension, ExpansionError */
  hereDocument({ body, operator, delimiter }: HereDoc): string {
    const stripped = (text: string): string =>
      operator === '<<-' ? text.replaceAll(/(^|\n)\t+/g, '$1') : text;
    if (delimiter?.quoted === true) return stripped(body.text);
    if (body.parts === undefined) return stripped(body.text).replaceAll(/\\([$`\\]|\n)/g, unescapedLine);
    const sink = new Joined(false);
    body.parts.forEach((part, i) => {
      if (part.type !== 'Literal') return this.part(part, sink, true);
      // Tabs are taken off at the beginning of lines, not after an expansion.
      const text = i === 0 ? part.value : `\0${part.value}`;
      sink.literal(stripped(text).replace('\0', ''));
    });
    return sink.text;
  }

  private word(word: Word, sink: Sink): void {
    const { parts, text, value } = word;
    const home = /^~(?=\/|$)/.test(text) ? this.scalar('HOME') : undefined;
    if (home !== undefined) sink.literal(home);
    if (parts === undefined) {
      sink.literal(home === undefined ? value : value.slice(1));
      return;
    }
    parts.forEach((part, i) => {
      if (i === 0 && home !== undefined && part.type === 'Literal') sink.literal(part.value.slice(1));
      else this.part(part, sink, false);
    });
  }

  private part(part: WordPart, sink: Sink, quoted: boolean): void {
    const put = (text: string): void => (quoted ? sink.literal(text) : sink.expanded(text));
    switch (part.type) {
      case 'Literal':
      case 'AnsiCQuoted':
        if (part.type === 'AnsiCQuoted') sink.present();
        return sink.literal(part.value);
      case 'SingleQuoted':
        sink.present();
        return sink.literal(part.value);
      case 'DoubleQuoted':
      case 'LocaleString': {
        const [only] = part.parts;
        const list =
          part.parts.length === 1 && only !== undefined ? this.listOf(only as WordPart, true) : undefined;
        if (list === undefined || list.length > 0) sink.present();
        for (const inner of part.parts) this.part(inner, sink, true);
        return;
      }
      case 'Glob':
        return sink.active(part.kind === 'bracket' ? this.bracketed(part.text, part.parts) : part.text);
      case 'ExtendedGlob':
        return this.process.bash ? sink.active(part.text) : sink.literal(part.text);
      case 'BraceExpansion':
        return sink.literal(part.text);
      case 'SimpleExpansion':
        return this.parameter(part.text.slice(1), part, sink, quoted);
      case 'ParameterExpansion':
        return this.parameterExpansion(part, sink, quoted);
      case 'CommandExpansion':
        return put(this.substitute(part));
      case 'ArithmeticExpansion':
        return put(this.arithmetic(part));
      case 'ProcessSubstitution':
        return sink.literal(part.operator === '<' ? this.outputOf(part) : this.passedOver(part.text));
    }
  }

  /** `<(…)`: the name of a descriptor by which the command's output is read. */
  private outputOf(part: ProcessSubstitutionPart): string {
    const text = this.substitute({ text: part.text, pos: part.pos });
    let descriptor = 63;
    while (this.process.descriptors.has(descriptor)) descriptor -= 1;
    const name = this.once(`descriptor ${part.pos}`, () => {
      const open = addOpen(this.state, { kind: 'text', text: text === '' ? '' : `${text}\n` });
      this.process.descriptors = new Map(this.process.descriptors).set(descriptor, { open, writes: false });
      return String(descriptor);
    });
    return `/dev/fd/${name}`;
  }

  private passedOver(what: string): string {
    this.env.passOver(what);
    return '/dev/null';
  }

  /** `[a-c]`, whose expansions are made. */
  private bracketed(text: string, parts: readonly WordPart[]): string {
    if (parts.every(({ type }) => type === 'Literal')) return text;
    const sink = new Joined(true);
    for (const part of parts) this.part(part, sink, false);
    return `[${sink.text}]`;
  }

  // --- Parameters

  private get ifs(): string {
    return this.scalar('IFS') ?? ' \t\n';
  }

  /** The value of a variable; of an array its first element. */
  private scalar(name: string): string | undefined {
    const value = this.valueOf(name);
    return typeof value === 'object' ? value[0] : value;
  }

  private valueOf(name: string): string | readonly string[] | undefined {
    if (name === 'FUNCNAME' && this.process.bash) return this.functions();
    return this.assigned.get(name) ?? this.process.variables.get(name)?.value ?? this.special(name);
  }

  /** Undefined outside of all functions. */
  private functions(): readonly string[] | undefined {
    const calls = callsOf(this.process);
    return calls.length === 0 || calls[0] === 'main' ? undefined : calls;
  }

  private special(name: string): string | undefined {
    const { process } = this;
    switch (name) {
      case '#':
        return String(process.params.length);
      case '?':
        return String(process.status);
      case '$':
        return String(this.state.processes[0]!.pid);
      case '!':
        return process.lastJob === 0 ? undefined : String(process.lastJob);
      case '-':
        return process.options.replace('p', '');
      case '0':
        return process.name;
      case 'RANDOM':
        return this.once('random', () => String(this.env.randomInt(32_768)));
      case 'SECONDS':
        return String(Math.floor(this.env.now / 1000));
      case 'HOSTNAME':
        return this.env.hostname;
      case 'BASHPID':
        return String(process.pid);
      case 'UID':
      case 'EUID':
        return process.bash ? '0' : undefined;
      default:
        if (/^[1-9]\d*$/.test(name)) return process.params[Number(name) - 1];
        // The image may set it.
        if (/^[A-Z][A-Z\d_]*$/.test(name) && name !== 'IFS') this.env.doubt();
        return undefined;
    }
  }

  /** The elements of `$@`, `$*` and whole arrays; undefined: the part is none of them. */
  private listOf(part: WordPart, onlyAt = false): readonly string[] | undefined {
    const { params } = this.process;
    if (part.type === 'SimpleExpansion')
      return part.text === '$@' || (!onlyAt && part.text === '$*') ? params : undefined;
    if (part.type !== 'ParameterExpansion' || part.prefix !== undefined) return undefined;
    const { parameter, index } = part;
    if (parameter === '@' || (!onlyAt && parameter === '*')) return params;
    if (index?.text === '@' || (!onlyAt && index?.text === '*')) return this.elements(parameter);
    return undefined;
  }

  private elements(name: string): readonly string[] {
    const value = this.valueOf(name);
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  }

  private unset(name: string): never {
    throw new ExpansionError(
      this.process.bash ? `${name}: unbound variable` : `${name}: parameter not set`,
      this.process.bash ? 1 : 2,
    );
  }

  private parameter(name: string, part: WordPart, sink: Sink, quoted: boolean): void {
    const list = this.listOf(part);
    if (list !== undefined) return this.list(list, part.text.includes('*'), sink, quoted);
    const value = this.scalar(name);
    if (value === undefined && this.process.options.includes('u')) this.unset(name);
    if (quoted) sink.literal(value ?? '');
    else sink.expanded(value ?? '');
  }

  private list(list: readonly string[], star: boolean, sink: Sink, quoted: boolean): void {
    if (quoted && star) return sink.literal(list.join(this.ifs.slice(0, 1)));
    list.forEach((value, i) => {
      if (i > 0) sink.next();
      if (quoted) {
        sink.present();
        sink.literal(value);
      } else sink.expanded(value);
    });
  }

  private parameterExpansion(part: ParameterExpansionPart, sink: Sink, quoted: boolean): void {
    const put = (text: string): void => (quoted ? sink.literal(text) : sink.expanded(text));
    const { prefix, index, operation } = part;
    // `${!:+x}` asks for `$!`.
    let name = part.parameter === '' && prefix === '!' ? '!' : part.parameter;
    const whole = index?.text === '@' || index?.text === '*';
    if (prefix === '#') {
      if (whole || name === '@' || name === '*')
        return put(String(whole ? this.elements(name).length : this.process.params.length));
      const value = index === undefined ? this.scalar(name) : this.element(name, index);
      if (value === undefined && this.process.options.includes('u')) this.unset(name);
      return put(String([...(value ?? '')].length));
    }
    if (prefix === '!' && name !== '!') {
      if (whole)
        return put(
          this.elements(name)
            .map((_, i) => i)
            .join(' '),
        );
      if (operation?.type === 'Names')
        return put(
          [...this.process.variables.keys()]
            .filter((n) => n.startsWith(name))
            .sort()
            .join(' '),
        );
      name = this.scalar(name) ?? '';
    }
    const list = this.listOf(part);
    if (list !== undefined && (operation === undefined || operation.type === 'Slice')) {
      const elements =
        operation === undefined
          ? list
          : this.slice(index === undefined ? [this.process.name, ...list] : list, operation);
      return this.list(elements, part.parameter === '*' || index?.text === '*', sink, quoted);
    }
    const value =
      list === undefined
        ? index === undefined
          ? this.scalar(name)
          : this.element(name, index)
        : list.length === 0
          ? undefined
          : list.join(' ');
    if (operation === undefined) {
      if (value === undefined && this.process.options.includes('u')) this.unset(name);
      return put(value ?? '');
    }
    if (operation.type === 'Default')
      return this.withDefault(name, index, value, operation.operator, operation.operand, sink, quoted);
    if (value === undefined && this.process.options.includes('u')) this.unset(name);
    const each = (change: (text: string) => string): void =>
      list === undefined ? put(change(value ?? '')) : this.list(list.map(change), false, sink, quoted);
    switch (operation.type) {
      case 'Remove': {
        const pattern = this.pattern(operation.operand);
        return each((text) => removed(text, operation.operator, pattern));
      }
      case 'Replace': {
        const pattern = this.pattern(operation.pattern);
        const by = this.text(operation.replacement);
        return each((text) => replaced(text, operation.operator, pattern, by));
      }
      case 'Slice':
        return put(this.slice([...(value ?? '')], operation).join(''));
      case 'CaseModification': {
        const upper = operation.operator.startsWith('^');
        const change = (text: string): string => (upper ? text.toUpperCase() : text.toLowerCase());
        const first = operation.operator.length === 1;
        return each((text) => (first ? change(text.slice(0, 1)) + text.slice(1) : change(text)));
      }
      case 'Transform':
        return put(
          this.text(operation.operand) === 'Q'
            ? `'${(value ?? '').replaceAll("'", `'\\''`)}'`
            : (value ?? ''),
        );
      default:
        throw new ExpansionError(`${part.text}: bad substitution`, 2);
    }
  }

  private element(name: string, index: Word): string | undefined {
    const value = this.valueOf(name);
    if (value === undefined) return undefined;
    const list = typeof value === 'string' ? [value] : value;
    const at = Number(this.calculate(() => evaluateText(this.text(index), this)));
    return list[at < 0 ? list.length + at : at];
  }

  private slice(
    list: readonly string[],
    { offset, length }: { readonly offset: Word; readonly length: Word | undefined },
  ): readonly string[] {
    const number = (word: Word): number =>
      Number(this.calculate(() => evaluateText(this.text(word) || '0', this)));
    const from = number(offset);
    const start = from < 0 ? Math.max(0, list.length + from) : from;
    if (length === undefined) return list.slice(start);
    const many = number(length);
    return list.slice(start, many < 0 ? many : start + many);
  }

  private withDefault(
    name: string,
    index: Word | undefined,
    value: string | undefined,
    operator: string,
    operand: Word,
    sink: Sink,
    quoted: boolean,
  ): void {
    const missing = value === undefined || (operator.startsWith(':') && value === '');
    const put = (text: string): void => (quoted ? sink.literal(text) : sink.expanded(text));
    switch (operator.at(-1)) {
      case '-':
        return missing ? this.operand(operand, sink, quoted) : put(value);
      case '+':
        return missing ? undefined : this.operand(operand, sink, quoted);
      case '=': {
        if (!missing) return put(value);
        const text = this.text(operand);
        if (index === undefined) this.set(name, text);
        return put(text);
      }
      default: {
        if (!missing) return put(value);
        const words = this.text(operand);
        const unset = operator.startsWith(':') ? 'parameter not set or null' : 'parameter not set';
        throw new ExpansionError(`${name}: ${words === '' ? unset : words}`, this.process.bash ? 1 : 2);
      }
    }
  }

  /** The word of `${x:-word}`: outside of quotes it is split as the result of any expansion. */
  private operand(word: Word, sink: Sink, quoted: boolean): void {
    if (quoted) {
      if (word.parts === undefined) sink.literal(word.value);
      else for (const part of word.parts) this.part(part, sink, part.type !== 'DoubleQuoted');
      return;
    }
    if (word.parts === undefined) {
      if (word.text === word.value) sink.expanded(word.value);
      else sink.literal(word.value);
      return;
    }
    for (const part of word.parts) {
      if (part.type === 'Literal' && part.text === part.value) sink.expanded(part.value);
      else this.part(part, sink, false);
    }
  }

  // --- Arithmetic and commands

  get(name: string): string {
    const value = this.scalar(name);
    if (value === undefined && this.process.options.includes('u')) this.unset(name);
    return value ?? '';
  }

  set(name: string, value: string): void {
    setVariable(this.process, name, value);
  }

  expand(word: Extract<ArithmeticExpression, { type: 'ArithmeticWord' }>): string {
    if (word.parts === undefined) {
      const simple = /^\$(\w+|[#?$!@*-])$/.exec(word.value.trim());
      if (simple !== null) return this.get(simple[1]!);
    }
    const sink = new Joined(false);
    const parts = word.parts ?? wordsOf(word.value)[0]?.parts ?? [];
    if (parts.length === 0) return word.value;
    for (const part of parts) this.part(part, sink, true);
    return sink.text;
  }

  substitute(
    part: { readonly text: string; readonly pos: number } & Partial<Pick<CommandExpansionPart, 'script'>>,
  ): string {
    const key = `command ${part.pos} ${part.text}`;
    const known = this.process.results.get(key);
    if (known !== undefined) return known;
    const { text } = part;
    const inside = text.startsWith('`') ? (part.script?.source ?? text.slice(1, -1)) : text.slice(2, -1);
    try {
      parseScript(inside);
    } catch (error) {
      if (error instanceof ShellSyntaxError) throw new ExpansionError(error.message, 2);
      throw error;
    }
    throw new Suspension(inside, key);
  }

  private arithmetic(part: ArithmeticExpansionPart): string {
    return this.once(`arithmetic ${part.pos}`, () => {
      if (part.expression !== undefined)
        return String(this.calculate(() => evaluate(part.expression!, this)));
      const inside = part.text.slice(
        part.text.startsWith('$((') ? 3 : 2,
        part.text.startsWith('$((') ? -2 : -1,
      );
      if (inside.trim() === '') return '0';
      const words = wordsOf(`"${inside.replaceAll('"', '')}"`);
      return String(this.calculate(() => evaluateText(words.map((w) => this.text(w)).join(' '), this)));
    });
  }

  /** @throws ExpansionError for what is no arithmetic */
  calculate(make: () => bigint): bigint {
    try {
      return make();
    } catch (error) {
      if (error instanceof ArithmeticError)
        throw new ExpansionError(error.message, this.process.bash ? 1 : 2);
      throw error;
    }
  }

  private once(key: string, make: () => string): string {
    const known = this.process.results.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.process.results.set(key, value);
    return value;
  }
}

const unescapedLine = (_: string, c: string): string => (c === '\n' ? '' : c);

/** The words of a text that stands alone. */
function wordsOf(text: string): readonly Word[] {
  const command = parse(`: ${text}`).commands[0]?.command;
  return command?.type === 'Command' ? command.args.filter((arg) => arg.type === 'Word') : [];
}

/** `'it'\''s'`: a text as a shell reads it back. */
export const quotedText = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Gives a variable a value; what it is otherwise (exported, read-only) it remains. @throws ExpansionError */
export function setVariable(process: ShellProcess, name: string, value: string | readonly string[]): void {
  const known: Variable | undefined = process.variables.get(name);
  if (known?.readonly === true)
    throw new ExpansionError(
      process.bash ? `${name}: readonly variable` : `${name}: is read only`,
      process.bash ? 1 : 2,
    );
  const exported = known?.exported === true || process.options.includes('a');
  process.variables.set(name, { value, exported, readonly: false });
}

export const isName = (text: string): boolean => NAME.test(text);

/** `{a,b}c` and `{1..3}` of bash: the words that a word stands for. */
function braced(word: Word): Word[] {
  if (word.parts?.some(({ type }) => type === 'BraceExpansion') !== true) return [word];
  const texts = alternativesOf(word.text);
  return texts.flatMap((text) => wordsOf(text));
}

const MOST_WORDS = 1000;

function alternativesOf(text: string): string[] {
  const found = firstBrace(text);
  if (found === undefined) return [text];
  const { before, inside, after } = found;
  const out: string[] = [];
  for (const part of inside)
    for (const rest of alternativesOf(after)) {
      for (const inner of alternativesOf(part)) out.push(before + inner + rest);
      if (out.length > MOST_WORDS) return [text];
    }
  return out;
}

/** The first brace expansion outside of quotes. */
function firstBrace(text: string): { before: string; inside: string[]; after: string } | undefined {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\') i += 1;
    else if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '{' && text[i - 1] !== '$') {
      const parts = [''];
      let depth = 1;
      for (let j = i + 1; j < text.length; j++) {
        const d = text[j]!;
        if (d === '{') depth += 1;
        if (d === '}') depth -= 1;
        if (depth === 0) {
          const inside = parts.length > 1 ? parts : sequence(parts[0]!);
          if (inside !== undefined) return { before: text.slice(0, i), inside, after: text.slice(j + 1) };
          break;
        }
        if (d === ',' && depth === 1) parts.push('');
        else parts[parts.length - 1] += d;
      }
    }
  }
  return undefined;
}

/** `1..3`, `a..e`, `0..10..2` */
function sequence(text: string): string[] | undefined {
  const found = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/.exec(text);
  if (found === null) return undefined;
  const numeric = /\d/.test(found[1]!) && /\d/.test(found[2]!);
  const [from, to] = numeric
    ? [Number(found[1]), Number(found[2])]
    : [found[1]!.charCodeAt(0), found[2]!.charCodeAt(0)];
  const step = Math.max(1, Math.abs(Number(found[3] ?? 1))) * (from <= to ? 1 : -1);
  const count = Math.min(MOST_WORDS, Math.floor(Math.abs(to - from) / Math.abs(step)) + 1);
  return Array.from({ length: count }, (_, i) =>
    numeric ? String(from + i * step) : String.fromCharCode(from + i * step),
  );
}
