/** What a step definition does: build its operation, and play it in the scenario's world. */
import { DataTable } from '@cucumber/cucumber';
import type { FaultCall, PhraseField } from '../src/chaos/types.ts';
import { faultBuilder } from '../src/dsl/build.ts';
import type { Operation } from '../src/dsl/operations.ts';
import { scenarioOf } from './scenario.ts';

// Cucumber's own type of a step takes any arguments.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type StepFunction = (this: object, ...args: any[]) => void;

/** Cucumber counts a step function's parameters; those of `build` are what it must find. */
function withLength(length: number, body: StepFunction): StepFunction {
  return Object.defineProperty(body, 'length', { value: length });
}

const plain = (value: unknown): unknown => (value instanceof DataTable ? value.raw() : value);

/**
 * The step that builds an operation from the expression's parameters (and the doc string or table) and plays
 * it.
 */
export function step(build: (...args: never[]) => Operation): StepFunction {
  return withLength(build.length, function (...args) {
    scenarioOf(this).play(() => build(...(args.map(plain) as never[])));
  });
}

/**
 * A build whose arguments come in another order: of each, the place it has in the build's own. What follows
 * (a doc string, a table) stays last.
 */
export function reordered(
  build: (...args: never[]) => Operation,
  order: readonly number[],
): (...args: never[]) => Operation {
  const inOrder = (...args: never[]): Operation => {
    const own: never[] = [];
    order.forEach((place, i) => {
      own[place] = args[i]!;
    });
    return build(...own, ...args.slice(order.length));
  };
  return Object.defineProperty(inOrder, 'length', { value: build.length });
}

/** The step of a fault of the catalogue: the parameters fill these of its fields. */
export function fault(
  kind: string,
  fields: readonly PhraseField[] = [],
  fixed: Partial<FaultCall> = {},
): StepFunction {
  const build = faultBuilder(kind, fields, fixed);
  return withLength(fields.length, function (...args) {
    scenarioOf(this).play(() => build(...(args as never[])));
  });
}

/** A sentence that is an order after `When` and a claim after `Then`. */
export function either(order: StepFunction, claim: StepFunction): StepFunction {
  return withLength(order.length, function (...args) {
    (scenarioOf(this).isOutcome ? claim : order).apply(this, args);
  });
}
