/**
 * What a campaign ought to have reached at least once: situations in which clusters go wrong. One that was
 * never reached was never tested, whatever the number of runs.
 */
import type { Operation } from '../dsl/operations/operation.ts';
import type { Session } from '../dsl/types.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { Node, Pod } from '../sim/api/types.ts';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import { entriesAfter } from '../dsl/state.ts';
import { clusterOf } from '../dsl/session.ts';

interface Change<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
  readonly by: string;
}

export interface Sometimes {
  readonly name: string;
  /** What a scene needs for it to be reached at all. */
  readonly needs?: readonly string[];
  entry?(entry: HistoryEntry): boolean;
  pod?(change: Change<Pod>): boolean;
  node?(change: Change<Node>): boolean;
  /** Asked once, at the end of a run. */
  end?(session: Session): boolean;
}

const waitingFor = (pod: Pod | undefined, reason: string): boolean =>
  pod?.status.containerStatuses?.some((c) => c.state?.waiting?.reason === reason) === true;
const ready = (node: Node | undefined): string | undefined =>
  node?.status.conditions?.find((c) => c.type === 'Ready')?.status;

export const SOMETIMES: readonly Sometimes[] = [
  {
    name: 'a budget refused an eviction',
    needs: ['PodDisruptionBudget'],
    end: (s) =>
      clusterOf(s)
        .processes('kubectl')
        .some((p) => JSON.stringify(p.state).includes('disruption budget')),
  },
  {
    name: "a pod was evicted by a budget's leave",
    needs: ['PodDisruptionBudget'],
    entry: (e) => e.type === 'api' && e.kind === 'Pod' && isEvicted(e.after as Pod | undefined),
  },
  {
    name: 'a pod was evicted because its node was lost',
    pod: ({ before, after, by }) =>
      by.includes('taint-eviction') &&
      before?.metadata.deletionTimestamp === undefined &&
      (after === undefined || after.metadata.deletionTimestamp !== undefined),
  },
  {
    name: 'a node became unknown',
    node: ({ before, after }) => ready(before) === 'True' && ready(after) === 'Unknown',
  },
  {
    name: 'a node came back',
    node: ({ before, after }) => before !== undefined && ready(before) !== 'True' && ready(after) === 'True',
  },
  {
    name: 'a replica had no place',
    pod: ({ after }) =>
      after?.status.conditions?.some((c) => c.type === 'PodScheduled' && c.status === 'False') === true,
  },
  {
    name: 'a container restarted',
    pod: ({ after }) => after?.status.containerStatuses?.some((c) => c.restartCount > 0) === true,
  },
  {
    name: 'a container waited in CrashLoopBackOff',
    pod: ({ after }) => waitingFor(after, 'CrashLoopBackOff'),
  },
  {
    name: 'a pod was lost with its node',
    pod: ({ before, after }) =>
      before !== undefined &&
      after === undefined &&
      before.status.phase === 'Running' &&
      before.metadata.deletionTimestamp !== undefined &&
      before.status.containerStatuses?.some((c) => c.state?.running !== undefined) === true,
  },
  {
    name: 'a rollout was under way',
    entry: (e) => e.type === 'api' && e.kind === 'ReplicaSet' && e.before === undefined,
  },
];

/** Those that a scene can reach: it has objects of the kinds they need. */
export function needed(scene: readonly Operation[]): Sometimes[] {
  const kinds = new Set(
    scene.flatMap((o) =>
      o.op === 'manifest'
        ? readManifests(o.text, 'manifest').map(({ object }) => (object as { kind: string }).kind)
        : [],
    ),
  );
  return SOMETIMES.filter((s) => (s.needs ?? []).every((kind) => kinds.has(kind)));
}

const isEvicted = (pod: Pod | undefined): boolean =>
  pod?.status.conditions?.some(
    (c) => c.type === 'DisruptionTarget' && c.reason === 'EvictionByEvictionAPI',
  ) === true;

/** Adds what a run reached to what its campaign has. */
export function reach(session: Session, reached: Set<string>): void {
  const open = SOMETIMES.filter((s) => !reached.has(s.name));
  if (open.length === 0) return;
  for (const entry of entriesAfter(clusterOf(session).history, session.origin?.entry ?? 0)) {
    for (const s of open) if (!reached.has(s.name) && meets(s, entry)) reached.add(s.name);
  }
  for (const s of open) if (!reached.has(s.name) && s.end?.(session) === true) reached.add(s.name);
}

function meets(s: Sometimes, entry: HistoryEntry): boolean {
  if (s.entry?.(entry) === true) return true;
  if (entry.type !== 'api') return false;
  const change = { before: entry.before, after: entry.after, by: entry.by } as Change<never>;
  return (
    (entry.kind === 'Pod' && s.pod?.(change) === true) || (entry.kind === 'Node' && s.node?.(change) === true)
  );
}
