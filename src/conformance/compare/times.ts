/**
 * Rule 7: each milestone within 2 s or 10 %, whichever is more; after a node was stopped within 12 s, since
 * the phase of heartbeats and of the monitor is chance.
 */
import type { TraceRecord } from '../types.ts';
import { objectsOf, type Normal } from './normalise.ts';
import { keysOf, type Difference } from './span.ts';

/** Names of milestones with the times at which they were reached, sorted. */
function milestones(normal: Normal): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const reach = (what: string, t: number): void => {
    const list = found.get(what);
    if (list === undefined) found.set(what, [t]);
    else list.push(t);
  };
  for (const [node, records] of objectsOf(normal, 'Node')) {
    let ready: unknown = 'True';
    let taints: readonly string[] = [];
    for (const r of records) {
      if (r['ready'] !== ready) reach(`node ${node} ready=${String(r['ready'])}`, r.t);
      ready = r['ready'];
      const now = (r['taints'] as string[] | undefined) ?? [];
      for (const t of now) if (!taints.includes(t)) reach(`node ${node} tainted ${t}`, r.t);
      for (const t of taints) if (!now.includes(t)) reach(`node ${node} freed of ${t}`, r.t);
      taints = now;
    }
  }
  for (const [name, records] of objectsOf(normal, 'Pod')) {
    const owner = String(records.find((r) => r['owner'] !== undefined)?.['owner'] ?? `pod ${name}`);
    let ready = false;
    let deleting = false;
    for (const r of records) {
      if (r.type === 'ADDED') reach(`${owner}: pod created`, r.t);
      if (r.type === 'DELETED') reach(`${owner}: pod gone`, r.t);
      if (r['deleting'] === true && !deleting) reach(`${owner}: pod marked for deletion`, r.t);
      if (r['ready'] === 'True' && !ready) reach(`${owner}: pod ready`, r.t);
      deleting ||= r['deleting'] === true;
      ready = r['ready'] === 'True';
    }
  }
  for (const list of found.values()) list.sort((a, b) => a - b);
  return found;
}

const MIN_S = 2;
const SHARE = 0.1;
const AFTER_STOP_S = 12;

/** How far from a recorded time a run may be. */
function toleranceAt(actions: readonly TraceRecord[], t: number): number {
  const isStopped = actions.some(
    (a) => a.t <= t && (a['node'] as { stop?: string } | undefined)?.stop !== undefined,
  );
  return Math.max(MIN_S, SHARE * t, isStopped ? AFTER_STOP_S : 0);
}

export function compareTimes(recorded: readonly Normal[], simulated: Normal): Difference[] {
  const actions = recorded[0]!.records.filter((r) => r.type === 'ACTION');
  const all = recorded.map(milestones);
  const ours = milestones(simulated);
  return keysOf([...all, ours]).flatMap((what): Difference[] => {
    const theirs = all.map((m) => m.get(what) ?? []);
    const mine = ours.get(what) ?? [];
    const lengths = new Set(theirs.map((l) => l.length));
    // How many there are is for the rules of pods and nodes; times of what was not always there bind nobody.
    if (lengths.size > 1 || !lengths.has(mine.length)) return [];
    return mine.flatMap((t, i): Difference[] => {
      const times = theirs.map((l) => l[i]!);
      const low = Math.min(...times.map((r) => r - toleranceAt(actions, r)));
      const high = Math.max(...times.map((r) => r + toleranceAt(actions, r)));
      return t >= low && t <= high
        ? []
        : [
            {
              what: `${what}${mine.length > 1 ? ` (${i + 1} of ${mine.length})` : ''}, s`,
              recorded: times,
              simulated: t,
            },
          ];
    });
  });
}
