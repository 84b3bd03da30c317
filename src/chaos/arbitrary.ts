/**
 * Draws of a fault's calls: a target of the world, a value for each parameter, a time to last. Simple values
 * come first, where shrinking ends.
 */
import type fastCheck from 'fast-check';
import { PARAMETER_FIELDS, type ParameterField } from './fields.ts';
import type { FastCheck, Fault, FaultCall, FaultParameter, FaultWorld } from './types.ts';

const SECOND = 1000;
/** Durations that read well. */
const LASTING_MS = [1, 10, 30, 60, 90, 120, 300, 600].map((s) => s * SECOND);
/** How long a fault lasts. */
export const lastingMs = (fc: FastCheck): fastCheck.Arbitrary<number> => fc.constantFrom(...LASTING_MS);
const MODES = ['one', 'all', '2', '50%', 'random'];

type SomeOf = fastCheck.Arbitrary<Partial<FaultCall>>;

function targets(
  { target: kind, changes }: Pick<Fault, 'target' | 'changes'>,
  world: FaultWorld,
  fc: FastCheck,
): SomeOf | undefined {
  const named = <T>(
    names: readonly T[] | undefined,
    make: (name: T) => Partial<FaultCall>,
  ): SomeOf | undefined =>
    names === undefined || names.length === 0 ? undefined : fc.constantFrom(...names).map(make);
  const oneOf = (...given: (SomeOf | undefined)[]): SomeOf | undefined => {
    const some = given.filter((a) => a !== undefined);
    return some.length === 0 ? undefined : fc.oneof(...some);
  };
  switch (kind) {
    case 'none':
      return fc.constant({});
    case 'node':
      return world.nodes.length === 0
        ? undefined
        : oneOf(
            named(world.nodes, (node) => ({ node })),
            named(world.nodes, (node) => ({ node })),
            // A zone that is all there is, is every node.
            world.zones.length > 1 ? named(world.zones, (zone) => ({ zone })) : undefined,
          );
    case 'pod':
    case 'container': {
      const selectors = world.pods.filter((p) => /[=!(]/.test(p));
      return oneOf(
        named(
          world.pods.filter((p) => !/[=!(]/.test(p)),
          (pod) => ({ pod }),
        ),
        selectors.length === 0
          ? undefined
          : fc.record({ selector: fc.constantFrom(...selectors), mode: fc.constantFrom(...MODES) }),
      );
    }
    case 'workload':
      return named(
        world.workloads.filter(({ lacks = [] }) => changes === undefined || !lacks.includes(changes)),
        ({ kind: of, name }) => ({ workload: { kind: of, name } }),
      );
    case 'budget':
      return named(world.budgets, (budget) => ({ budget }));
    case 'quota':
      return named(world.quotas, (quota) => ({ quota }));
    case 'configMap':
      return named(world.configMaps, (configMap) => ({ configMap }));
    case 'secret':
      return named(world.secrets, (secret) => ({ secret }));
    case 'claim':
      return named(world.claims, (claim) => ({ claim }));
    case 'job':
      return named(world.jobs, (job) => ({ job }));
    case 'cronJob':
      return named(world.cronJobs, (cronJob) => ({ cronJob }));
    case 'definition':
      return named(world.definitions, (definition) => ({ definition }));
    case 'webhook':
      return named(world.webhooks, (webhook) => ({ webhook }));
    case 'apiService':
      return named(world.apiServices, (apiService) => ({ apiService }));
    case 'account':
      return named(world.accounts, (account) => ({ account }));
    case 'binding':
      return named(world.bindings, (binding) => ({ binding }));
    case 'metric':
      return named(world.metrics, (metric) => ({ metric }));
  }
}

function values(
  p: FaultParameter,
  world: FaultWorld,
  fc: FastCheck,
): fastCheck.Arbitrary<unknown> | undefined {
  if (p.among !== undefined) return fc.constantFrom(...p.among);
  if (p.field === 'otherNode') return world.nodes.length < 2 ? undefined : fc.constantFrom(...world.nodes);
  if (p.field === 'otherSelector') {
    const selectors = world.pods.filter((s) => /[=!(]/.test(s));
    return selectors.length === 0 ? undefined : fc.constantFrom(...selectors);
  }
  if (p.default !== undefined) return fc.constant(p.default);
  return PARAMETER_FIELDS[p.field as ParameterField] === 'duration' ? lastingMs(fc) : undefined;
}

/** Several nodes: all of them, some, or those of a zone. */
export function severalNodes(world: FaultWorld, fc: FastCheck): SomeOf | undefined {
  if (world.nodes.length === 0) return undefined;
  const modes = fc
    .constantFrom('all', ...(world.nodes.length > 2 ? ['2', '50%'] : []))
    .map((mode) => ({ mode }));
  return world.zones.length > 1
    ? fc.oneof(
        modes,
        fc.constantFrom(...world.zones).map((zone) => ({ zone })),
      )
    : modes;
}

/**
 * The arbitrary of a fault, by its target and parameters; a fault that heals is always drawn with a time.
 * @param target where it is not one of the fault's kind; undefined when the world has none
 */
export function arbitraryOf(
  fault: Pick<Fault, 'kind' | 'target' | 'changes' | 'parameters'>,
  world: FaultWorld,
  fc: FastCheck,
  target = targets(fault, world, fc),
): fastCheck.Arbitrary<FaultCall> | undefined {
  if (target === undefined) return undefined;
  const drawn: Record<string, fastCheck.Arbitrary<unknown>> = {};
  for (const p of fault.parameters) {
    const arbitrary = values(p, world, fc);
    if (arbitrary !== undefined && (p.required === true || p.among !== undefined || p.field === 'forMs'))
      drawn[p.field] = arbitrary;
    else if (p.required === true) return undefined;
  }
  return fc
    .tuple(target, fc.record(drawn))
    .filter(([t, p]) => p['otherNode'] === undefined || p['otherNode'] !== t.node)
    .map(([t, p]) => ({ kind: fault.kind, ...t, ...p }) as FaultCall);
}
