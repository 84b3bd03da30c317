/** Defaults of the apps group. Models pkg/apis/apps/v1/defaults.go. */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../types.ts';
import { fill, fillZero, into, intoEach } from './fill.ts';
import { defaultTemplate } from './podspec.ts';

export function defaultDeployment(deployment: Deployment): Deployment {
  return into(deployment, 'spec', (spec) => {
    let next = into(spec, 'template', defaultTemplate);
    next = fill(next, { replicas: 1, strategy: {} });
    next = into(next, 'strategy', (given) => {
      const strategy = fillZero(given, { type: 'RollingUpdate' });
      if (strategy.type !== 'RollingUpdate') return strategy;
      return into(fill(strategy, { rollingUpdate: {} }), 'rollingUpdate', (r) =>
        fill(r, { maxUnavailable: '25%', maxSurge: '25%' }),
      );
    });
    return fill(next, { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  });
}

export function defaultReplicaSet(set: ReplicaSet): ReplicaSet {
  return into(set, 'spec', (spec) => fill(into(spec, 'template', defaultTemplate as never), { replicas: 1 }));
}

export function defaultStatefulSet(set: StatefulSet): StatefulSet {
  return into(set, 'spec', (spec) => {
    let next = into(spec, 'template', defaultTemplate as never);
    next = fillZero(next, { podManagementPolicy: 'OrderedReady' });
    next = fill(next, { replicas: 1, updateStrategy: {} });
    next = into(next, 'updateStrategy', (given) => {
      const strategy = given.type
        ? given
        : fill({ ...given, type: 'RollingUpdate' as const }, { rollingUpdate: {} });
      if (strategy.type !== 'RollingUpdate') return strategy;
      return into(strategy, 'rollingUpdate', (r) => fill(r, { partition: 0 }));
    });
    next = intoEach(next, 'volumeClaimTemplates', (claim) => {
      const typed = fillZero(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
      return fill(
        into(typed, 'spec', (s) => fillZero(s, { volumeMode: 'Filesystem' })),
        { status: { phase: 'Pending' } },
      );
    });
    next = fill(next, { persistentVolumeClaimRetentionPolicy: {}, revisionHistoryLimit: 10 });
    return into(next, 'persistentVolumeClaimRetentionPolicy', (p) =>
      fillZero(p, { whenDeleted: 'Retain', whenScaled: 'Retain' }),
    );
  });
}

export function defaultDaemonSet(set: DaemonSet): DaemonSet {
  return into(set, 'spec', (spec) => {
    let next = into(spec, 'template', defaultTemplate as never);
    next = fill(next, { updateStrategy: {} });
    next = into(next, 'updateStrategy', (given) => {
      const strategy = fillZero(given, { type: 'RollingUpdate' });
      if (strategy.type !== 'RollingUpdate') return strategy;
      return into(fill(strategy, { rollingUpdate: {} }), 'rollingUpdate', (r) =>
        fill(r, { maxUnavailable: 1, maxSurge: 0 }),
      );
    });
    return fill(next, { revisionHistoryLimit: 10 });
  });
}
