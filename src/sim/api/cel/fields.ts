/**
 * Which fields an expression asks for that values of its variables' types cannot have, as cel-go's checker
 * (checker.go: checkSelectField) finds and words them. Nothing else is held against types: whether operators
 * fit their operands is not looked at.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { atSign, treeOf } from './environment.ts';

/** What is known of a value; `dyn`: nothing. An optional value is as what it holds. */
export type Shape =
  | { readonly is: 'dyn' | 'string' | 'int' | 'bool' }
  | { readonly is: 'list' | 'map'; readonly of: Shape }
  | { readonly is: 'object'; readonly field: (name: string) => Shape | undefined };

const DYN: Shape = { is: 'dyn' };
const STRING: Shape = { is: 'string' };
const BOOL: Shape = { is: 'bool' };

/** An object with these fields and no others. */
export const shapeOf = (fields: Readonly<Record<string, Shape>>): Shape => ({
  is: 'object',
  field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
});

export type Shapes = Readonly<Record<string, Shape>>;

/** Where something is wrong: an index in the expression, and cel-go's words. */
type Told = (at: number, what: string) => void;

const JUDGES = ['all', 'exists', 'exists_one', 'existsOne'];
const KEEPS = ['filter', 'value', 'orValue', 'or'];
const COMPREHENSIONS = [...JUDGES, 'map', 'filter', 'transformList', 'optMap', 'optFlatMap'];

function selected(shape: Shape, name: string, at: number, tell: Told): Shape {
  if (shape.is === 'map') return shape.of;
  if (shape.is === 'object') {
    const field = shape.field(name);
    // `__namespace__` stands for a field whose name is a word of the language.
    if (field === undefined && !name.startsWith('__')) tell(at, `undefined field '${name}'`);
    return field ?? DYN;
  }
  if (shape.is !== 'dyn' && shape.is !== 'list')
    tell(at, `type '${shape.is}' does not support field selection`);
  return DYN;
}

const nameOf = (node: ASTNode | undefined): string | undefined => (node?.op === 'id' ? node.args : undefined);

/** `list.all(x, …)`, `map.all(k, v, …)`, `list.map(x, filter, what)`, `optional.optMap(x, …)`. */
function comprehended(
  name: string,
  receiver: Shape,
  args: readonly ASTNode[],
  shapes: Shapes,
  tell: Told,
): Shape {
  const [first, second] = [nameOf(args[0]), nameOf(args[1])];
  const isPair = args.length > 2 && second !== undefined && name !== 'map';
  const isOptional = name.startsWith('opt');
  const values = receiver.is === 'list' || receiver.is === 'map' ? receiver.of : DYN;
  const item = isOptional ? receiver : receiver.is === 'map' && !isPair ? STRING : values;
  const key = receiver.is === 'map' ? STRING : DYN;
  const inner = { ...shapes, ...(isPair ? { [first!]: key, [second]: item } : { [first!]: item }) };
  const results = args.slice(isPair ? 2 : 1).map((arg) => walk(arg, inner, tell));
  if (JUDGES.includes(name)) return BOOL;
  if (name === 'filter') return receiver;
  const made = results.at(-1) ?? DYN;
  return isOptional ? made : { is: 'list', of: made };
}

function walkCall(node: ASTNode & { op: 'rcall' }, shapes: Shapes, tell: Told): Shape {
  const [name, on, args] = node.args;
  if (name === 'bind' && nameOf(on) === 'cel' && nameOf(args[0]) !== undefined)
    return walk(args[2]!, { ...shapes, [nameOf(args[0])!]: walk(args[1]!, shapes, tell) }, tell);
  const receiver = walk(on, shapes, tell);
  if (COMPREHENSIONS.includes(name) && nameOf(args[0]) !== undefined)
    return comprehended(name, receiver, args, shapes, tell);
  for (const arg of args) walk(arg, shapes, tell);
  return KEEPS.includes(name) ? receiver : DYN;
}

/** What a part of an expression comes to. */
function walk(node: ASTNode, shapes: Shapes, tell: Told): Shape {
  switch (node.op) {
    case 'value':
      return typeof node.args === 'string' ? STRING : DYN;
    case 'id':
      return Object.hasOwn(shapes, node.args) ? shapes[node.args]! : DYN;
    case '.':
    case '.?': {
      const [on, name] = node.args;
      return selected(walk(on, shapes, tell), name, node.input.lastIndexOf('.', node.pos), tell);
    }
    case '[]':
    case '[?]': {
      const [on, index] = node.args;
      const receiver = walk(on, shapes, tell);
      walk(index, shapes, tell);
      return receiver.is === 'list' || receiver.is === 'map' ? receiver.of : DYN;
    }
    case 'call':
      for (const arg of node.args[1]) walk(arg, shapes, tell);
      return DYN;
    case 'rcall':
      return walkCall(node, shapes, tell);
    case 'list': {
      for (const item of node.args) walk(item, shapes, tell);
      return { is: 'list', of: DYN };
    }
    case 'map':
      for (const entry of node.args) for (const part of entry) walk(part, shapes, tell);
      return DYN;
    case '?:': {
      const [, yes, no] = node.args.map((part) => walk(part, shapes, tell));
      return yes === no ? yes! : DYN;
    }
    case '!_':
    case '-_':
      walk(node.args, shapes, tell);
      return DYN;
    default:
      for (const part of node.args) walk(part, shapes, tell);
      return DYN;
  }
}

export interface FieldCheck {
  /** As cel-go shows each, one below the other; absent: all fields are known. */
  readonly issues?: string;
  /** What the expression comes to. */
  readonly shape: Shape;
}

/** @param shapes of the variables; those of others are not known */
export function checkFields(expression: string, shapes: Shapes): FieldCheck {
  const tree = treeOf(expression);
  if (tree === undefined) return { shape: DYN };
  const found: { readonly at: number; readonly what: string }[] = [];
  const shape = walk(tree, shapes, (at, what) => void found.push({ at, what }));
  const issues = found
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => atSign(expression, at, what))
    .join('\n');
  return issues === '' ? { shape } : { shape, issues };
}
