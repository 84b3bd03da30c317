/** How many healthy Pods somebody wants, and how many there are, over time. */
import type { Millis } from '../../sim/kernel/types.ts';

export interface LevelPoint {
  readonly at: Millis;
  readonly wanted: number;
  readonly healthy: number;
}

/** Of a disruption budget what it demands, of a workload its replicas. */
export interface Level {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** From each moment on, until the next one; oldest first. */
  readonly points: readonly LevelPoint[];
}

/** An object of the API as a change left it; absent: it is gone. */
export interface Changed {
  readonly at: Millis;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly after: unknown;
}

interface Scaled {
  readonly spec?: { readonly replicas?: number; readonly template?: unknown };
  readonly status?: {
    readonly desiredHealthy?: number;
    readonly currentHealthy?: number;
    readonly availableReplicas?: number;
  };
}

function levelNow(kind: string, object: unknown): Omit<LevelPoint, 'at'> | undefined {
  if (object === undefined) return { wanted: 0, healthy: 0 };
  const { spec, status } = object as Scaled;
  if (kind === 'PodDisruptionBudget') {
    if (status?.desiredHealthy === undefined) return undefined;
    return { wanted: status.desiredHealthy, healthy: status.currentHealthy ?? 0 };
  }
  if (spec?.replicas === undefined) return undefined;
  return { wanted: spec.replicas, healthy: status?.availableReplicas ?? 0 };
}

/** What a Deployment makes is counted by it. */
const KINDS = ['PodDisruptionBudget', 'Deployment', 'StatefulSet', 'ReplicationController'];

/** @param changes oldest first @returns budgets first */
export function levelsOf(changes: Iterable<Changed>): Level[] {
  const levels = new Map<string, Level & { readonly points: LevelPoint[] }>();
  for (const { at, kind, namespace, name, after } of changes) {
    if (!KINDS.includes(kind)) continue;
    const now = levelNow(kind, after);
    if (now === undefined) continue;
    const key = `${kind} ${namespace}/${name}`;
    const level = levels.get(key) ?? { kind, namespace, name, points: [] };
    levels.set(key, level);
    const last = level.points[level.points.length - 1];
    if (last?.wanted === now.wanted && last.healthy === now.healthy) continue;
    if (last?.at === at) level.points.pop();
    level.points.push({ at, ...now });
  }
  return [...levels.values()].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** When there were fewer than wanted, from the first time on that there were enough. */
export function shortages({ points }: Level, end: Millis): { readonly from: Millis; readonly to: Millis }[] {
  const first = points.findIndex((p) => p.wanted > 0 && p.healthy >= p.wanted);
  if (first < 0) return [];
  return points.slice(first).flatMap((p, i, rest) => {
    const to = rest[i + 1]?.at ?? end;
    return p.healthy < p.wanted && to > p.at ? [{ from: p.at, to }] : [];
  });
}
