/**
 * What recordings of one scenario leave open: where they agree with each other, a run must agree with them;
 * where they differ, reality itself is undecided, and a run is free within what they span.
 */
export interface Difference {
  /** `Deployment default/web wanted replicas`. */
  readonly what: string;
  readonly recorded: readonly unknown[];
  readonly simulated: unknown;
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
const allSame = (values: readonly unknown[]): boolean => values.every((v) => text(v) === text(values[0]));

/** A value as a whole; a number may lie between those recorded. */
export function sameValue(what: string, recorded: readonly unknown[], simulated: unknown): Difference[] {
  if (recorded.some((r) => text(r) === text(simulated))) return [];
  if (!allSame(recorded)) {
    if (typeof simulated === 'number' && recorded.every((r) => typeof r === 'number')) {
      const numbers = recorded as readonly number[];
      if (simulated >= Math.min(...numbers) && simulated <= Math.max(...numbers)) return [];
    } else if (Array.isArray(simulated) && recorded.every((r) => Array.isArray(r))) {
      const lists = recorded as readonly (readonly unknown[])[];
      if (
        simulated.every((v) => typeof v === 'number') &&
        lists.every((l) => l.length === simulated.length)
      ) {
        return (simulated as number[]).flatMap((v, i) =>
          sameValue(
            `${what} [${i}]`,
            lists.map((l) => l[i]),
            v,
          ),
        );
      }
    }
  }
  return [{ what, recorded, simulated }];
}

/** A sequence: where recordings differ, one with the same ends will do. */
export function sameSequence(
  what: string,
  recorded: readonly (readonly unknown[])[],
  simulated: readonly unknown[],
): Difference[] {
  if (recorded.some((r) => text(r) === text(simulated))) return [];
  if (!allSame(recorded)) {
    const ends = (s: readonly unknown[]): string => text([s[0], s[s.length - 1]]);
    if (recorded.some((r) => ends(r) === ends(simulated))) return [];
  }
  return [{ what, recorded, simulated }];
}

/** A set: what all recordings hold must be there, what none holds must not. */
export function sameSet(
  what: string,
  recorded: readonly ReadonlySet<string>[],
  simulated: ReadonlySet<string>,
): Difference[] {
  const union = new Set(recorded.flatMap((r) => [...r]));
  const found: Difference[] = [];
  for (const item of union) {
    if (!simulated.has(item) && recorded.every((r) => r.has(item)))
      found.push({ what, recorded: [item], simulated: 'not there' });
  }
  for (const item of simulated)
    if (!union.has(item)) found.push({ what, recorded: ['not there'], simulated: item });
  return found;
}

/** Named fields, each by `sameValue`. */
export function sameFields(
  what: string,
  recorded: readonly (Readonly<Record<string, unknown>> | undefined)[],
  simulated: Readonly<Record<string, unknown>> | undefined,
): Difference[] {
  const given = recorded.filter((r) => r !== undefined);
  if (given.length < recorded.length || simulated === undefined) {
    // Where some recordings know it and some do not, either is right.
    if (given.length === 0 ? simulated === undefined : given.length < recorded.length) return [];
    return [{ what, recorded, simulated }];
  }
  const names = [...new Set([...given, simulated].flatMap((f) => Object.keys(f)))];
  // A count that Go leaves out is 0.
  const value = (f: Readonly<Record<string, unknown>>, name: string): unknown => f[name] ?? 0;
  return names.flatMap((name) =>
    sameValue(
      `${what} ${name}`,
      given.map((f) => value(f, name)),
      value(simulated, name),
    ),
  );
}

/** The keys of all maps, in order of appearance. */
export const keysOf = (maps: readonly ReadonlyMap<string, unknown>[]): string[] => [
  ...new Set(maps.flatMap((m) => [...m.keys()])),
];
