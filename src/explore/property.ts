/**
 * Property scenarios: a scenario with `any …` is held against many draws by fast-check; what fails is shrunk to the smallest concrete scenario,
 * which is told as Gherkin and fails by itself when it is run with the seed it names.
 */
import fc from 'fast-check';
import { ClaimError, InputError } from '../dsl/errors.ts';
import { play } from '../dsl/interpreter.ts';
import type { Operation } from '../dsl/operations.ts';
import { render, renderStep } from '../dsl/phrases/index.ts';
import { createSession, type SessionOptions } from '../dsl/session.ts';
import { concrete, draw } from './draw.ts';
import { worldOf } from './targets.ts';
import { shrinkOperations } from './shrink.ts';

export interface PropertyOptions {
  readonly runs: number;
  /** Real time after which no further run begins; what has passed by then passes. */
  readonly timeLimitMs?: number;
  /** Name of the scenario, for the counterexample. */
  readonly name: string;
  /** Keeps a counterexample; returns where. */
  readonly save?: (feature: string) => string;
}

const SEED_SPACE = 0x7fffffff;

/** A seed of the scenario as fast-check takes them. */
function numeric(seed: string | number): number {
  const n = Number(seed);
  if (Number.isInteger(n)) return n;
  let hash = 7;
  for (const c of String(seed)) hash = (hash * 31 + c.codePointAt(0)!) % SEED_SPACE;
  return hash;
}

/** Manifests of files become part of the scenario, so that a counterexample needs nothing beside it. */
function selfContained(operations: readonly Operation[], options: SessionOptions): Operation[] {
  const { files } = options;
  return operations.map((o) => {
    if (o.op !== 'manifestsIn') return o;
    const names = files.list?.(o.path);
    const texts = names === undefined ? [files.readFile(o.path)] : names.filter((n) => /\.(ya?ml|json)$/.test(n)).map((n) => files.readFile(`${o.path}/${n}`));
    return { op: 'manifest', text: texts.map((t) => t.trim()).join('\n---\n') };
  });
}

/** Plays a concrete scenario from its beginning. @returns how its claim failed; undefined when it held, or when the scenario made no sense */
function failureOf(operations: readonly Operation[], seed: number, options: SessionOptions): ClaimError | undefined {
  const session = createSession({ ...options, seed: String(seed) });
  const claim = operations.at(-1)!;
  try {
    for (const operation of operations) {
      try {
        play(session, operation);
      } catch (error) {
        // Only the claim counts: pods that were never ready, or a drain that could not end, make a draw without meaning.
        if (operation !== claim) return undefined;
        throw error;
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof ClaimError) return error;
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function featureOf(name: string, operations: readonly Operation[], seed: number, how: string): string {
  let last = '';
  const steps = operations.map((o) => {
    const step = render(o);
    const keyword = step.keyword === last ? 'And' : step.keyword;
    last = step.keyword;
    return renderStep({ ...step, keyword: keyword as typeof step.keyword });
  });
  return `# ${how}\nFeature: Counterexamples\n\n  @seed:${seed}\n  Scenario: ${name}\n${steps.join('\n')}\n`;
}

/** Holds the claim, the last of the operations, against `runs` draws. @throws ClaimError with the smallest scenario that breaks it */
export function checkProperty(given: readonly Operation[], session: SessionOptions, options: PropertyOptions): void {
  const { property: _, ...inner } = session;
  const operations = selfContained(given, inner);
  // Earlier claims were held against their own draws.
  const [claim] = operations.slice(-1);
  const scene = [...operations.filter((o, i) => o.op !== 'assert' && i < operations.length - 1), claim!];
  const seed = numeric(session.seed);
  const drawn = fc.record({ seed: fc.noShrink(fc.integer({ min: 1, max: SEED_SPACE })), plan: draw(scene, worldOf(scene)) });
  const details = fc.check(
    fc.property(drawn, (d) => failureOf(concrete(scene, d.plan), d.seed, inner) === undefined),
    {
      numRuns: options.runs, seed,
      ...(options.timeLimitMs === undefined ? {} : { interruptAfterTimeLimit: options.timeLimitMs, markInterruptAsFailure: false }),
    },
  );
  if (!details.failed) return;
  const [found] = details.counterexample!;
  const smallest = shrinkOperations(concrete(scene, found.plan), (candidate) => failureOf(candidate, found.seed, inner) !== undefined);
  const failure = failureOf(smallest, found.seed, inner)!;
  const how = `Found by run ${details.numRuns} of ${options.runs} of the property "${options.name}" (seed ${seed}, path ${details.counterexamplePath ?? ''})`;
  const feature = featureOf(options.name, smallest, found.seed, how);
  const where = options.save?.(feature);
  failure.message = [
    `${how}.`, '', feature.trim(), '', ...(where === undefined ? [] : [`Saved as ${where}; npx seatrial run ${where} fails in the same way.`, '']), failure.message,
  ].join('\n');
  throw failure;
}
