/**
 * Claims that held because what they speak of was never there: no Pod matched their selector, nothing had the
 * name they give, in the whole run.
 */
import { allContainers } from '../sim/api/containers.ts';
import { matches, parseLabelSelector, type Requirement } from '../sim/api/selector.ts';
import { suggestWord } from '../sim/api/schema/hints.ts';
import type { KubeObject, Pod } from '../sim/api/types.ts';
import type { HeldClaim, NamedSubject, SelectorSubject, Subject } from './claims/subject.ts';
import { driverOf } from './session.ts';
import { warningOf, type Warning } from './warnings.ts';
import type { Session } from './types.ts';

const containersOf = (pod: Pod): string[] => allContainers(pod).map((c) => c.name);

const labelsOf = (object: unknown): unknown => (object as KubeObject).metadata.labels;

interface Open {
  readonly operation: number;
  readonly subject: Subject;
  readonly meets: (object: KubeObject) => boolean;
}

function meeting(subject: Subject): (object: KubeObject) => boolean {
  if ('selector' in subject) {
    const parsed = parseLabelSelector(subject.selector);
    return ({ kind, metadata }) =>
      kind === 'Pod' && metadata.namespace === subject.namespace && matches(parsed, metadata.labels ?? {});
  }
  const { kind, namespace, name, container } = subject;
  return (object) =>
    object.kind === kind &&
    object.metadata.name === name &&
    ['', namespace].includes(object.metadata.namespace ?? '') &&
    (container === undefined || containersOf(object as Pod).includes(container));
}

/** What there was of a run, for a word that is near. */
class Seen {
  private readonly names = new Map<string, Set<string>>();
  /** Of Pods, by namespace: `app=web`. */
  private readonly labels = new Map<string, Map<string, Set<string>>>();
  private readonly containers = new Map<string, Set<string>>();

  take(object: KubeObject): void {
    const { kind, metadata } = object;
    const place = metadata.namespace ?? '';
    this.of(this.names, `${kind} ${place}`).add(metadata.name);
    if (kind !== 'Pod') return;
    for (const name of containersOf(object as Pod))
      this.of(this.containers, `${place}/${metadata.name}`).add(name);
    let labels = this.labels.get(place);
    if (labels === undefined) this.labels.set(place, (labels = new Map()));
    for (const [key, value] of Object.entries(metadata.labels ?? {})) this.of(labels, key).add(value);
  }

  private of<K>(sets: Map<K, Set<string>>, key: K): Set<string> {
    let set = sets.get(key);
    if (set === undefined) sets.set(key, (set = new Set()));
    return set;
  }

  nearestName({ kind, namespace, name }: NamedSubject): string {
    const names = [namespace, ''].flatMap((place) => [...(this.names.get(`${kind} ${place}`) ?? [])]);
    return suggestWord(name, names) ?? '';
  }

  nearestContainer({ namespace, name, container }: NamedSubject): string {
    return suggestWord(container!, this.containers.get(`${namespace}/${name}`) ?? []) ?? '';
  }

  hadPod({ namespace, name }: NamedSubject): boolean {
    return this.containers.has(`${namespace}/${name}`);
  }

  /** The same selector with the labels that there were, where some are near. */
  nearestSelector({ selector, namespace }: SelectorSubject): string {
    const labels = this.labels.get(namespace);
    if (labels === undefined) return '';
    const parts = parseLabelSelector(selector).requirements.map((r) => nearestRequirement(r, labels));
    return parts.includes(undefined) ? '' : parts.join(',');
  }
}

/** Only those that ask for one value have one that is near. */
function nearestRequirement(
  { key, values }: Requirement,
  labels: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const [value] = values;
  if (values.length !== 1 || value === undefined) return undefined;
  const near = labels.has(key) ? key : suggestWord(key, labels.keys());
  if (near === undefined) return undefined;
  const there = labels.get(near)!;
  const meant = there.has(value) ? value : suggestWord(value, there);
  return meant === undefined ? undefined : `${near}=${meant}`;
}

function warned({ operation, subject }: Open, seen: Seen): Warning {
  if ('selector' in subject)
    return warningOf(
      'selectorMetNothing',
      { selector: subject.selector, nearest: seen.nearestSelector(subject) },
      operation,
    );
  const { kind, name, container } = subject;
  return container !== undefined && seen.hadPod(subject)
    ? warningOf(
        'containerMetNothing',
        { container, pod: name, nearest: seen.nearestContainer(subject) },
        operation,
      )
    : warningOf('nameMetNothing', { kind, name, nearest: seen.nearestName(subject) }, operation);
}

/** Whether something that each of the subjects may mean was there at any time of the run. */
export function wasThere(session: Session, subjects: readonly Subject[]): boolean {
  return emptyClaims(session, [{ operation: 0, subjects }]).length === 0;
}

/** One warning for each claim that held although nothing it speaks of was ever there. */
export function emptyClaims(session: Session, held: readonly HeldClaim[]): Warning[] {
  const { history } = driverOf(session);
  // What only the end is kept of cannot be told.
  if (held.length === 0 || (history[0]?.id ?? 1) > 1) return [];
  let open: Open[] = held.flatMap(({ operation, subjects }) =>
    subjects.map((subject) => ({ operation, subject, meets: meeting(subject) })),
  );
  const seen = new Seen();
  for (const entry of history) {
    if (open.length === 0) return [];
    if (entry.type !== 'api' || entry.after === undefined) continue;
    const object = entry.after as KubeObject;
    if (entry.before === undefined || labelsOf(entry.before) !== labelsOf(object)) seen.take(object);
    if (open.some((o) => o.meets(object))) open = open.filter((o) => !o.meets(object));
  }
  return open.map((o) => warned(o, seen));
}
