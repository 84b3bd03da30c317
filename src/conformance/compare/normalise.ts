/**
 * A trace with its random parts replaced: hashes of replica sets and revisions and suffixes of pods by their
 * order of appearance under their owner. `web-6c747f68b7-vn228` becomes `web-<1>-<a>` for the first replica
 * set and its first pod.
 */
import type { Trace, TraceRecord } from '../types.ts';

export interface Normal {
  readonly records: readonly TraceRecord[];
  /** Replaces random names in free text. */
  text(text: string): string;
  /** As `text`, with pods and nodes no longer told apart: for what names them in no particular order. */
  blurred(text: string): string;
}

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + String.fromCharCode(97 + (n % 26));

/** Words of names; anything else in a text stands between names. */
const NAME = /[a-z0-9]+(?:[-.][a-z0-9]+)*/g;

export function normalise(trace: Trace): Normal {
  const names = new Map<string, string>();
  const counters = new Map<string, number>();
  const next = (group: string): number => {
    const n = counters.get(group) ?? 0;
    counters.set(group, n + 1);
    return n;
  };
  const revision = (name: unknown): void => {
    if (typeof name !== 'string' || names.has(name)) return;
    const base = name.slice(0, name.lastIndexOf('-'));
    names.set(name, `${base}-<${next(`revision ${base}`) + 1}>`);
  };
  for (const r of trace.trace) {
    const { kind, name, owner } = r;
    if (name === undefined || names.has(name)) continue;
    if (kind === 'ReplicaSet' && typeof owner === 'string' && name.startsWith(`${owner}-`)) {
      const n = next(`rs ${owner}`) + 1;
      names.set(name, `${owner}-<${n}>`);
      // The hash stands alone in selectors and labels.
      names.set(name.slice(owner.length + 1), `<${n}>`);
    } else if (kind === 'ReplicaSet' && /-[a-z0-9]{8,10}$/.test(name)) revision(name);
    else if (kind === 'Pod' && typeof owner === 'string' && /-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name)) {
      // Pods keep the hash of the replica set that made them, whoever owns them later.
      const base = name.slice(0, -6);
      names.set(name, `${names.get(base) ?? base}-<${letters(next(`pod ${base}`))}>`);
    } else if (kind === 'StatefulSet') {
      revision(r['currentRevision']);
      revision(r['updateRevision']);
    }
  }
  const makers = new Set(
    trace.trace.filter((r) => r.kind === 'ReplicaSet' || r.kind === 'DaemonSet').map((r) => String(r.name)),
  );
  /** A pod that was refused has left its name in a message only. */
  const unborn = (word: string): string | undefined =>
    /-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(word) && makers.has(word.slice(0, -6))
      ? `${names.get(word.slice(0, -6)) ?? word.slice(0, -6)}-<pod>`
      : undefined;
  const text = (t: string): string => t.replace(NAME, (word) => names.get(word) ?? unborn(word) ?? word);
  const blurred = (t: string): string =>
    text(t)
      .replace(/-<[a-z]+>/g, '-<pod>')
      .replace(/\bnode-\d+\b/g, '<node>');
  const value = (v: unknown): unknown =>
    typeof v === 'string'
      ? text(v)
      : Array.isArray(v)
        ? v.map(value)
        : typeof v === 'object' && v !== null
          ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, value(x)]))
          : v;
  return { records: trace.trace.map((r) => value(r) as TraceRecord), text, blurred };
}

/** `default/web` */
const nameOf = (r: TraceRecord): string =>
  r.namespace === undefined ? String(r.name) : `${r.namespace}/${r.name}`;

const CHANGES = ['ADDED', 'MODIFIED', 'DELETED'];

/** Records of each object of a kind, in order of time. */
export function objectsOf(normal: Normal, kind: string): Map<string, TraceRecord[]> {
  const found = new Map<string, TraceRecord[]>();
  for (const r of normal.records) {
    if (r.kind !== kind || !CHANGES.includes(r.type)) continue;
    const list = found.get(nameOf(r));
    if (list === undefined) found.set(nameOf(r), [r]);
    else list.push(r);
  }
  return found;
}

/** Without repetitions of what went before. */
export function distinct<T>(values: readonly T[]): T[] {
  return values.filter((v, i) => i === 0 || JSON.stringify(v) !== JSON.stringify(values[i - 1]));
}
