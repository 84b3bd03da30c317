/** Manifests by mutation, and field by field: every place of a working one takes every edge, or is gone. */
import fc from 'fast-check';
import { Scenario } from '../dsl/scenario.ts';
import { count, emptyTally, outcomeOf, type Tally } from './outcome.ts';
import { edge, EDGES, samples } from './values.ts';
import { WORKING } from './working.ts';

type Path = readonly (string | number)[];

/** Every place in a value, its own among them. */
export function placesOf(value: unknown, at: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => placesOf(item, [...at, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => placesOf(member, [...at, key]))
      : [];
  return [at, ...inner];
}

/** The value with another at a place; `undefined` takes it away. */
export function withAt(value: unknown, [step, ...rest]: Path, next: unknown): unknown {
  if (step === undefined) return next;
  const inner = withAt((value as Record<string | number, unknown>)[step], rest, next);
  if (Array.isArray(value))
    return inner === undefined
      ? value.filter((_, i) => i !== step)
      : value.map((item, i) => (i === step ? inner : item));
  const { [step]: _, ...others } = value as Record<string | number, unknown>;
  return inner === undefined ? others : { ...others, [step]: inner };
}

/** Applies it, lets a minute pass, and looks at everything in every form. */
function play(base: Scenario, text: string): void {
  const scenario = base.fork().say('Given the manifest:', text).say('When 1 minute passes');
  for (const line of LOOKS) scenario.kubectl(line);
}

const LOOKS = [
  'get all,nodes,events,leases,endpointslices,pdb,quota,pc,sa,cm -A -o wide',
  'describe pods',
  'describe nodes',
  'get pods -o yaml',
];

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);

/** A value for a place: none, one of the same type, which gets further, or any. */
const nextFor = (old: unknown): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom(...EDGES.filter((e) => typeof e === typeof old), old) },
    { weight: 1, arbitrary: edge },
  );

/** Objects of any kind with one place or two that are another. */
const mutated = fc.constantFrom(...WORKING).chain((object) =>
  fc
    .array(
      fc
        .constantFrom(...placesOf(object).filter((p) => p.length > 0))
        .chain((place) => nextFor(at(object, place)).map((next) => [place, next] as const)),
      { minLength: 1, maxLength: 2 },
    )
    .map((changes) =>
      // The longer place first: the shorter may take it away.
      [...changes]
        .sort(([a], [b]) => b.length - a.length)
        .reduce<unknown>((value, [place, next]) => withAt(value, place, next), object),
    ),
);

/** Applies manifests, and looks at what became of them. */
export function fuzzManifests(seed: number, runs: number): Tally {
  const tally = emptyTally();
  const base = new Scenario({ seed }).say('Given a cluster with 2 nodes');
  for (const object of samples(mutated, seed, runs)) {
    const text = JSON.stringify(object);
    count(
      tally,
      text,
      outcomeOf(() => play(base, text)),
    );
  }
  return tally;
}

const NAMES: Readonly<Record<string, string>> = { Node: 'n9', Endpoints: 'b' };

/** Patches objects of every kind, in every form of a patch. */
export function fuzzPatches(seed: number, runs: number): Tally {
  const tally = emptyTally();
  const base = new Scenario({ seed })
    .say('Given a cluster with 2 nodes')
    .say('Given the manifest:', WORKING.map((w) => JSON.stringify(w)).join('\n---\n'))
    .say('When 1 minute passes');
  const patches = fc.tuple(
    fc.constantFrom('merge', 'strategic', 'json'),
    mutated,
    fc.constantFrom('', 'status'),
  );
  for (const [type, object, subresource] of samples(patches, seed, runs)) {
    const { kind, apiVersion: _, ...patch } = object as Record<string, unknown>;
    const operations = Object.entries(patch).map(([key, value]) => ({
      op: 'replace',
      path: `/${key}`,
      value,
    }));
    const text = JSON.stringify(type === 'json' ? operations : patch);
    const line =
      `patch ${String(kind)} ${NAMES[String(kind)] ?? 'a'} ` +
      `--type=${type}${subresource === '' ? '' : ` --subresource=${subresource}`} -p ` +
      `'${text.replaceAll("'", '')}'`;
    count(
      tally,
      line,
      outcomeOf(() => {
        const scenario = base.fork();
        scenario.kubectl(line);
        scenario.say('When 1 minute passes');
        for (const look of LOOKS) scenario.kubectl(look);
      }),
    );
  }
  return tally;
}
