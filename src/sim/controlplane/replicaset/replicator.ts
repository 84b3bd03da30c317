/**
 * What keeps replicas of one template: ReplicaSets, and ReplicationControllers, which the same code plays as
 * if they were. Models pkg/controller/replication/conversion.go.
 */
import type { KubeObject, Pod, ReplicaSet, ReplicationController } from '../../api/types.ts';
import { resolveOwner } from '../claim.ts';
import type { ObserverContext } from '../controller.ts';

type Status = ReplicaSet['status'];

export interface Replicator {
  readonly kind: 'ReplicaSet' | 'ReplicationController';
  /** Source of events, and the name of the controller. */
  readonly source: string;
  /** The object as a ReplicaSet; its kind and metadata stay. */
  view(object: KubeObject): ReplicaSet;
  /** The object to be stored. */
  stored(rs: ReplicaSet): KubeObject;
  /** What of a status the kind has. */
  status(status: Status): Status;
}

/** The owner of a Pod, when it is of the kind and known. */
export function ownerOf(of: Replicator, ctx: ObserverContext, pod: Pod): ReplicaSet | undefined {
  const owner = resolveOwner(ctx, of.kind, pod);
  return owner === undefined ? undefined : of.view(owner);
}

export const REPLICA_SET: Replicator = {
  kind: 'ReplicaSet',
  source: 'replicaset-controller',
  view: (object) => object as ReplicaSet,
  stored: (rs) => rs,
  status: (status) => status,
};

/** One view an object, so that what is remembered of its selector is found again. */
const views = new WeakMap<object, ReplicaSet>();

export const REPLICATION_CONTROLLER: Replicator = {
  kind: 'ReplicationController',
  source: 'replication-controller',
  view(object) {
    let view = views.get(object);
    if (view === undefined) {
      const { spec } = object as ReplicationController;
      view = {
        ...object,
        spec: { ...spec, selector: { matchLabels: spec.selector } },
      } as unknown as ReplicaSet;
      views.set(object, view);
    }
    return view;
  },
  stored: (rs) => ({ ...rs, spec: { ...rs.spec, selector: rs.spec.selector.matchLabels } }),
  status: ({ terminatingReplicas: _, ...status }) => status,
};
