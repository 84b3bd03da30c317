/** What comes after the faults of a run: everything is healed, and the cluster has time to recover. */
import type { Operation } from '../dsl/operations/operation.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { Millis } from '../sim/kernel/types.ts';

/**
 * Time to recover once everything is healed: longer than any toleration (5 minutes) and than the longest
 * back-off of a work queue (1000 s).
 */
const LEAST_MS = 20 * 60_000;
/** Kubernetes' default grace period; the rest of a step fits into what every workload is given. */
const USUAL_GRACE_MS = 30_000;

interface Workload {
  readonly spec?: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly template?: { readonly spec?: { readonly terminationGracePeriodSeconds?: number } };
  };
}

const nodesOf = (scene: readonly Operation[]): number =>
  scene.reduce(
    (n, o) =>
      o.op === 'cluster'
        ? o.nodes
        : o.op === 'clusterOf'
          ? o.nodes.length
          : o.op === 'anyCluster'
            ? o.max
            : n,
    1,
  );

/** How much longer than usual a workload needs to replace its Pods one by one. */
function slownessMs({ spec }: Workload, nodes: number): Millis {
  const steps = spec?.replicas ?? nodes;
  const graceMs = (spec?.template?.spec?.terminationGracePeriodSeconds ?? 0) * 1000;
  return steps * ((spec?.minReadySeconds ?? 0) * 1000 + Math.max(0, graceMs - USUAL_GRACE_MS));
}

/** How long the workloads of a scene may take to recover, by what their manifests ask for. */
export function recoveryMs(scene: readonly Operation[]): Millis {
  const nodes = nodesOf(scene);
  const slowest = scene
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .reduce((most, { object }) => Math.max(most, slownessMs(object as Workload, nodes)), 0);
  return LEAST_MS + slowest;
}

/** Everything is healed and the cluster has time to recover; what must have come about is asked then. */
export const recoveryOf = (scene: readonly Operation[]): readonly Operation[] => [
  { op: 'heal' },
  { op: 'pass', durationMs: recoveryMs(scene) },
];
