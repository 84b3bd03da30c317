/**
 * What happened in a run, whatever its objects say: who wrote or deleted what, and when, and what was
 * physically so. Two runs of one fingerprint went alike.
 */
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';

const HASH = 'pod-template-hash';

interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

/** A template's hash is part of names, and changes with whatever the template says. */
function unhashed(history: readonly HistoryEntry[]): (text: string) => string {
  const hashes = new Map<string, string>();
  for (const entry of history) {
    if (entry.type !== 'api' || entry.kind !== 'ReplicaSet') continue;
    const hash = (entry.after as Labelled | undefined)?.metadata?.labels?.[HASH];
    if (hash !== undefined && !hashes.has(hash)) hashes.set(hash, `#${hashes.size}`);
  }
  if (hashes.size === 0) return (text) => text;
  const any = new RegExp([...hashes.keys()].join('|'), 'g');
  return (text) => text.replace(any, (hash) => hashes.get(hash)!);
}

const done = ({ before, after }: { before: unknown; after: unknown }): string =>
  before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated';

export function fingerprintOf(cluster: Pick<ClusterApi, 'history'>): string {
  const { history } = cluster;
  const plain = unhashed(history);
  const lines: string[] = [];
  for (const entry of history) {
    if (entry.type === 'operation') continue;
    const { at, by } = entry;
    lines.push(
      entry.type === 'api'
        ? plain(`${at} ${by} ${done(entry)} ${entry.resource} ${entry.namespace} ${entry.name}`)
        : plain(`${at} ${by} ${entry.key} ${JSON.stringify(entry.args)}`),
    );
  }
  return lines.join('\n');
}
