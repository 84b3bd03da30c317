/**
 * Macros that Kubernetes' CEL has and the library does not: `optMap` and `optFlatMap` of optional values
 * (cel-go's cel/library.go), and comprehensions over two variables, the index or key and the value
 * (cel-go's ext/comprehensions.go).
 */
import { Optional, type ASTNode, type Environment } from '@marcbachmann/cel-js';

/** What the library hands to macros; its declarations leave that open. */
interface Scope {
  forkWithVariable(name: string, type: unknown): Scope;
  reuse(parent: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}
interface Checker {
  check(node: ASTNode, scope: Scope): unknown;
  getType(name: string): unknown;
}
interface Evaluator {
  run(node: ASTNode, scope: Scope): unknown;
}
interface Call {
  readonly receiver: ASTNode;
  readonly args: readonly ASTNode[];
}

function nameOf(node: ASTNode | undefined): string {
  if (node?.op !== 'id') throw new Error('argument must be a simple name');
  return node.args;
}

/** Name of the function that is `value()`: the library's has no type where the receiver's is not known. */
export const CONTENTS = 'contents';

/** @param wrap what the body's value becomes */
const optionalMacro =
  (wrap: (value: unknown) => unknown) =>
  ({ receiver, args: [variable, body] }: Call) => {
    const name = nameOf(variable);
    let inner: Scope;
    return {
      typeCheck(checker: Checker, _: unknown, scope: Scope): unknown {
        checker.check(receiver, scope);
        inner = scope.forkWithVariable(name, checker.getType('dyn'));
        checker.check(body!, inner);
        return checker.getType('dyn');
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: Scope): unknown {
        const optional = evaluator.run(receiver, scope);
        if (!(optional instanceof Optional)) throw new Error('no such overload');
        if (!optional.hasValue()) return Optional.none();
        return wrap(evaluator.run(body!, inner.reuse(scope).setIterValue(optional.value(), evaluator)));
      },
    };
  };

type Entry = readonly [key: unknown, value: unknown];

function entriesOf(range: unknown): readonly Entry[] {
  if (Array.isArray(range)) return range.map((value, i) => [BigInt(i), value]);
  if (range instanceof Map) return [...range];
  if (typeof range === 'object' && range !== null) return Object.entries(range);
  throw new Error('no such overload');
}

/** What a comprehension makes of its range. @param bodies with an entry's key and value as their variables */
type Fold = (range: readonly Entry[], bodies: readonly ((entry: Entry) => unknown)[]) => unknown;

const twoVariables =
  (type: string, fold: Fold) =>
  ({ receiver, args: [first, second, ...bodies] }: Call) => {
    const names = [nameOf(first), nameOf(second)] as const;
    let outer: Scope;
    let inner: Scope;
    return {
      typeCheck(checker: Checker, _: unknown, scope: Scope): unknown {
        checker.check(receiver, scope);
        outer = scope.forkWithVariable(names[0], checker.getType('dyn'));
        inner = outer.forkWithVariable(names[1], checker.getType('dyn'));
        for (const body of bodies) checker.check(body, inner);
        return checker.getType(type);
      },
      evaluate(evaluator: Evaluator, _: unknown, scope: Scope): unknown {
        const range = evaluator.run(receiver, scope);
        const within = ([key, value]: Entry): Scope =>
          inner.reuse(outer.reuse(scope).setIterValue(key, evaluator)).setIterValue(value, evaluator);
        return fold(
          entriesOf(range),
          bodies.map((body) => (entry: Entry) => evaluator.run(body, within(entry))),
        );
      },
    };
  };

/** As `||` has it: an error counts where no other entry decides. */
const decided =
  (by: boolean): Fold =>
  (range, [holds]) => {
    let failure: { readonly error: unknown } | undefined;
    for (const entry of range)
      try {
        if (holds!(entry) === by) return by;
      } catch (error) {
        failure ??= { error };
      }
    if (failure !== undefined) throw failure.error;
    return !by;
  };

const one: Fold = (range, [holds]) => range.filter((entry) => holds!(entry) === true).length === 1;

/** Those that the filter lets through, if there is one, and what they become. */
const chosen = (
  range: readonly Entry[],
  bodies: readonly ((entry: Entry) => unknown)[],
): readonly (readonly [Entry, unknown])[] => {
  const [filter, transform] = bodies.length === 2 ? bodies : [() => true, bodies[0]];
  return range.filter((entry) => filter!(entry) === true).map((entry) => [entry, transform!(entry)] as const);
};

const asList: Fold = (range, bodies) => chosen(range, bodies).map(([, made]) => made);

const asMap: Fold = (range, bodies) => new Map(chosen(range, bodies).map(([[key], made]) => [key, made]));

const asEntries: Fold = (range, bodies) => {
  const made = new Map<unknown, unknown>();
  for (const [, entry] of chosen(range, bodies))
    for (const [key, value] of entriesOf(entry)) {
      if (made.has(key)) throw new Error(`insert failed: key ${String(key)} already exists`);
      made.set(key, value);
    }
  return made;
};

/** Macros by their receiver, names, what they are of, and how many arguments they take. */
const TWO_VARIABLES: readonly (readonly [
  name: string,
  type: string,
  fold: Fold,
  counts: readonly number[],
])[] = [
  ['all', 'bool', decided(false), [3]],
  ['exists', 'bool', decided(true), [3]],
  ['exists_one', 'bool', one, [3]],
  ['existsOne', 'bool', one, [3]],
  ['transformList', 'dyn', asList, [3, 4]],
  ['transformMap', 'dyn', asMap, [3, 4]],
  ['transformMapEntry', 'dyn', asEntries, [3, 4]],
];

export function addMacros(env: Environment): Environment {
  env
    .registerFunction(`optional.${CONTENTS}(): dyn`, (optional: Optional) => optional.value())
    .registerFunction('optional.optMap(ast, ast): dyn', optionalMacro((value) => Optional.of(value)) as never)
    .registerFunction('optional.optFlatMap(ast, ast): dyn', optionalMacro((value) => value) as never);
  for (const [name, type, fold, counts] of TWO_VARIABLES)
    for (const count of counts) {
      const places = Array.from({ length: count }, () => 'ast').join(', ');
      env.registerFunction(`list.${name}(${places}): ${type}`, twoVariables(type, fold) as never);
    }
  return env;
}
