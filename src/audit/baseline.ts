/** What is known to go wrong, so that CI fails only on what is new or worse. */
import { InputError } from '../dsl/errors.ts';
import { isFields } from '../edits/shapes.ts';
import { groupOf, type Finding } from './audit.ts';
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
  ['failed', 'sent', 'outageMs', 'missing'].every((member) => typeof value[member] === 'number') &&
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
