/** What a template makes of a value. Source: text/template/exec.go. */
import { FUNCTIONS } from './functions.ts';
import {
  type Command,
  commandText,
  type Node,
  type Operand,
  operandText,
  type Pipe,
  pipeText,
  placeText,
  type Template,
  TemplateError,
} from './nodes.ts';
import { Int, isList, isMap, MISSING, truth, typeName, type Value, valueText } from './values.ts';

/**
 * A value, and whether it is held as an interface: fields of maps and items of lists are, what a pipeline
 * gives is not. Only errors tell them apart.
 */
interface Held {
  readonly value: Value;
  readonly isInterface: boolean;
}

const held = (value: Value, isInterface = false): Held => ({ value, isInterface });

class Break extends Error {}
class Continue extends Error {}

/** How deep templates may call one another. */
const DEEPEST = 1_000;

export interface ExecuteOptions {
  /** A key that a map lacks is an error. */
  readonly strict?: boolean;
}

class Execution {
  private readonly template: Template;
  private readonly strict: boolean;
  private name = 'output';
  private variables: { name: string; held: Held }[] = [];
  private depth = 0;
  out = '';

  constructor(template: Template, data: Value, { strict = false }: ExecuteOptions) {
    this.template = template;
    this.strict = strict;
    this.variables.push({ name: '$', held: held(data) });
  }

  private fail(at: number, shown: string, why: string): never {
    const place = placeText(this.template.text, at);
    throw new TemplateError(`${place}: executing ${JSON.stringify(this.name)} at <${shown}>: ${why}`);
  }

  walk(dot: Held, nodes: readonly Node[]): void {
    for (const node of nodes) this.step(dot, node);
  }

  private step(dot: Held, node: Node): void {
    switch (node.kind) {
      case 'text':
        this.out += node.text;
        return;
      case 'action': {
        const value = this.pipe(dot, node.pipe);
        if (node.pipe.declares.length === 0)
          this.out += value.value === MISSING || value.value === null ? '<no value>' : valueText(value.value);
        return;
      }
      case 'break':
        throw new Break();
      case 'continue':
        throw new Continue();
      case 'template':
        this.call(dot, node);
        return;
      case 'range':
        this.range(dot, node);
        return;
      default: {
        const known = this.variables.length;
        const value = this.pipe(dot, node.pipe);
        if (truth(value.value)) this.walk(node.kind === 'with' ? value : dot, node.then);
        else if (node.otherwise !== undefined) this.walk(dot, node.otherwise);
        this.variables.length = known;
      }
    }
  }

  private call(dot: Held, node: Extract<Node, { kind: 'template' }>): void {
    const body = this.template.defined.get(node.name);
    const argument = node.pipe === undefined ? '' : ` ${pipeText(node.pipe)}`;
    if (body === undefined)
      this.fail(
        node.at,
        `{{template ${JSON.stringify(node.name)}${argument}}}`,
        `template ${JSON.stringify(node.name)} not defined`,
      );
    if (this.depth === DEEPEST) this.fail(node.at, node.name, `exceeded maximum template depth (${DEEPEST})`);
    const given = node.pipe === undefined ? held(MISSING) : this.pipe(dot, node.pipe);
    const { variables, name } = this;
    this.variables = [{ name: '$', held: given }];
    this.name = node.name;
    this.depth += 1;
    this.walk(given, body);
    this.depth -= 1;
    this.variables = variables;
    this.name = name;
  }

  private range(dot: Held, node: Extract<Node, { kind: 'range' | 'if' | 'with' }>): void {
    const known = this.variables.length;
    const { pipe } = node;
    const { value } = this.pipe(dot, { ...pipe, declares: [] });
    const inner = this.variables.length;
    const pairs = this.pairsOf(value, node);
    const [first, second] = pipe.declares;
    try {
      for (const [key, item] of pairs) {
        if (second !== undefined) {
          this.set(first!, held(key), pipe.assigns);
          this.set(second, item, pipe.assigns);
        } else if (first !== undefined) this.set(first, item, pipe.assigns);
        try {
          this.walk(item, node.then);
        } catch (error) {
          if (!(error instanceof Continue)) throw error;
        }
        this.variables.length = inner;
      }
    } catch (error) {
      if (!(error instanceof Break)) throw error;
    }
    this.variables.length = inner;
    if (pairs.length === 0 && node.otherwise !== undefined) this.walk(dot, node.otherwise);
    this.variables.length = known;
  }

  private pairsOf(value: Value, { pipe }: { readonly pipe: Pipe }): (readonly [Value, Held])[] {
    if (value === null || value === MISSING) return [];
    if (isList(value)) return value.map((item, i) => [new Int(i), held(item, true)] as const);
    if (isMap(value))
      return Object.keys(value)
        .sort()
        .map((key) => [key, held(value[key]!, true)] as const);
    if (value instanceof Int)
      return Array.from(
        { length: Math.max(0, value.value) },
        (_, i) => [new Int(i), held(new Int(i))] as const,
      );
    return this.fail(this.last(pipe), this.lastText(pipe), `range can't iterate over ${valueText(value)}`);
  }

  /** Where the last word stands that was looked at. */
  private last({ commands }: Pipe): number {
    return commands.at(-1)!.words[0]!.at;
  }

  private lastText({ commands }: Pipe): string {
    return operandText(commands.at(-1)!.words[0]!);
  }

  private set(name: string, value: Held, assigns: boolean): void {
    if (!assigns) {
      this.variables.push({ name, held: value });
      return;
    }
    const known = this.variables.findLast((variable) => variable.name === name);
    if (known !== undefined) known.held = value;
  }

  private pipe(dot: Held, { commands, declares, assigns }: Pipe): Held {
    let value: Held | undefined;
    for (const command of commands) value = held(this.command(dot, command, value).value);
    for (const name of declares) this.set(name, value!, assigns);
    return value!;
  }

  private command(dot: Held, command: Command, final: Held | undefined): Held {
    const [first, ...args] = command.words as [Operand, ...Operand[]];
    if (first.kind === 'function') return this.apply(dot, command, first, args, final);
    if (args.length > 0 || final !== undefined) {
      const field = first.kind === 'field' || first.kind === 'variable' || first.kind === 'chain';
      const path = field ? first.path : [];
      if (path.length > 0) {
        const of = this.operand(dot, { ...first, path: path.slice(0, -1) } as Operand);
        const name = path.at(-1)!;
        const target = of.value;
        if (isMap(target))
          this.fail(first.at, operandText(first), `${name} is not a method but has arguments`);
        this.fail(first.at, operandText(first), `${name} has arguments but cannot be invoked as function`);
      }
      this.fail(first.at, operandText(first), `can't give argument to non-function ${operandText(first)}`);
    }
    if (first.kind === 'nil') this.fail(first.at, 'nil', 'nil is not a command');
    return this.operand(dot, first);
  }

  private apply(
    dot: Held,
    command: Command,
    { name, at }: Operand & { kind: 'function' },
    args: readonly Operand[],
    final: Held | undefined,
  ): Held {
    const { least, most, texts, call } = FUNCTIONS[name]!;
    const count = args.length + (final === undefined ? 0 : 1);
    if (count < least || count > most)
      this.fail(
        at,
        name,
        `wrong number of args for ${name}: want ${most === least ? least : `at least ${least}`} got ${count}`,
      );
    const values: Value[] = [];
    for (const arg of args) {
      const { value } = this.argument(dot, arg);
      if (texts === true || (name === 'printf' && values.length === 0)) this.checkText(arg, value);
      values.push(value);
      // What decides ends it: the rest is not looked at.
      if ((name === 'and' && !truth(value)) || (name === 'or' && truth(value))) return held(value);
    }
    if (final !== undefined) {
      if (texts === true || (name === 'printf' && values.length === 0))
        this.checkText(command.words[0]!, final.value);
      values.push(final.value);
    }
    try {
      return held(call(values));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return this.fail(command.at, commandText(command), `error calling ${name}: ${error.message}`);
    }
  }

  private checkText(arg: Operand, value: Value): void {
    if (typeof value === 'string') return;
    const why =
      value === null || value === MISSING
        ? 'invalid value; expected string'
        : arg.kind === 'number' || arg.kind === 'bool'
          ? `expected string; found ${operandText(arg)}`
          : `wrong type for value; expected string; got ${typeName(value)}`;
    this.fail(arg.at, operandText(arg), why);
  }

  private argument(dot: Held, operand: Operand): Held {
    if (operand.kind === 'function')
      return this.apply(dot, { words: [operand], at: operand.at }, operand, [], undefined);
    return this.operand(dot, operand);
  }

  private operand(dot: Held, operand: Operand): Held {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return held(null);
      case 'bool':
      case 'string':
        return held(operand.value);
      case 'number':
        return held(operand.isInt ? new Int(operand.value) : operand.value);
      case 'field':
        return this.path(dot, operand, operand.path);
      case 'variable': {
        const found = this.variables.findLast((variable) => variable.name === operand.name);
        return this.path(found!.held, operand, operand.path);
      }
      case 'pipe':
        return this.pipe(dot, operand.pipe);
      case 'chain': {
        if (operand.of.kind === 'nil')
          this.fail(operand.at, operandText(operand), 'indirection through explicit nil in nil');
        return this.path(this.argument(dot, operand.of), operand, operand.path);
      }
      case 'function':
        return this.argument(dot, operand);
    }
  }

  private path(from: Held, operand: Operand, path: readonly string[]): Held {
    return path.reduce((of, name) => this.field(of, operand, name), from);
  }

  private field({ value, isInterface }: Held, operand: Operand, name: string): Held {
    const fail = (why: string): never => this.fail(operand.at, operandText(operand), why);
    if (value === MISSING || (value === null && !isInterface)) {
      if (this.strict) fail(`nil data; no entry for key ${JSON.stringify(name)}`);
      return held(MISSING);
    }
    if (value === null) return fail(`nil pointer evaluating interface {}.${name}`);
    if (!isMap(value))
      return fail(`can't evaluate field ${name} in type ${isInterface ? 'interface {}' : typeName(value)}`);
    if (!Object.hasOwn(value, name)) {
      if (this.strict) fail(`map has no entry for key ${JSON.stringify(name)}`);
      return held(MISSING);
    }
    return held(value[name]!, true);
  }
}

/** What came of a template: all that was written, and what then went wrong. */
export interface Executed {
  readonly text: string;
  readonly error: string | undefined;
}

export function executeTemplate(template: Template, data: Value, options: ExecuteOptions = {}): Executed {
  const execution = new Execution(template, data, options);
  try {
    execution.walk(held(data), template.root);
    return { text: execution.out, error: undefined };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { text: execution.out, error: `template: ${error.message}` };
  }
}
