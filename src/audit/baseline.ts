/** What is known to go wrong, so that CI fails only on what is new or worse. */
import { InputError } from '../dsl/errors.ts';
import { isFields } from '../edits/shapes.ts';
import { groupOf, type Audit, type Finding } from './audit.ts';
import { isWorse, type Effect } from './measure.ts';

const VERSION = 1;

/** A file of it. */
export interface Baseline {
  readonly version: typeof VERSION;
  /** By kind of trial and Service, the worst of each. */
  readonly findings: Readonly<Record<string, Effect>>;
}

/** The first of each group is its worst. */
const worstOfGroups = (findings: readonly Finding[]): Finding[] => {
  const seen = new Set<string>();
  return findings.filter((f) => !seen.has(groupOf(f)) && seen.add(groupOf(f)));
};

export const baselineOf = (findings: readonly Finding[]): Baseline => ({
  version: VERSION,
  findings: Object.fromEntries(worstOfGroups(findings).map((f) => [groupOf(f), f.effect])),
});

const isEffect = (value: unknown): value is Effect =>
  isFields(value) &&
  ['survives', 'degrades', 'down'].includes(String(value['state'])) &&
  ['failed', 'sent', 'outageMs', 'disturbedMs', 'replicas', 'missing'].every(
    (member) => typeof value[member] === 'number',
  ) &&
  typeof value['recovers'] === 'boolean';

/** @throws InputError for what is no baseline */
export function readBaseline(text: string, file: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${file} cannot be read as JSON: --write-baseline ${file} writes one`);
  }
  const findings = isFields(value) && value['version'] === VERSION ? value['findings'] : undefined;
  if (!isFields(findings) || !Object.values(findings).every(isEffect))
    throw new InputError(`${file} is no baseline of this version: --write-baseline ${file} writes one`);
  return { version: VERSION, findings: findings as Baseline['findings'] };
}

/** What is not in the baseline, or is worse than there. Chance is none: a request more, a second more. */
export const regressionsOf = (findings: readonly Finding[], { findings: known }: Baseline): Finding[] =>
  worstOfGroups(findings).filter((f) => {
    const was = known[groupOf(f)];
    return was === undefined || isWorse(f.effect, was);
  });

/** What an audit is compared by: what it looked at, what it tried, what it found. */
type Compared = Pick<Audit, 'services' | 'silent' | 'results' | 'findings'>;

/**
 * What is in the baseline and not found any more: what does not go wrong when it is tried, and what was of
 * Services and workloads that are there no more. What was not tried this time is not gone.
 * @returns as they are named there: `a pod is deleted default/web`
 */
export function goneSince(
  { services, silent, results, findings }: Compared,
  { findings: known }: Baseline,
): string[] {
  const found = new Set(findings.map(groupOf));
  const tried = new Set(
    results.flatMap(([trial, { effects }]) =>
      services.flatMap((service) =>
        effects[service.url] === undefined ? [] : [groupOf({ trial, service })],
      ),
    ),
  );
  const names = [...services, ...silent].map(({ name }) => name);
  const isThere = (group: string): boolean => names.some((name) => group.endsWith(` ${name}`));
  return Object.keys(known).filter((group) => !found.has(group) && (tried.has(group) || !isThere(group)));
}
