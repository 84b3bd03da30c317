/**
 * A claim of access mode ReadWriteOncePod is one Pod's; a more important one may take it. Models
 * pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go; disks that Pods name without a
 * claim are not looked at.
 */
import type { Pod } from '../../../api/types.ts';
import { podClaims } from '../../../api/volumes.ts';
import { unresolvable, unschedulable, type Plugin } from '../framework.ts';

const NAME = 'VolumeRestrictions';
const REFUSED = unschedulable(
  NAME,
  'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
);

/** The claims that are to be the pod's alone, and how many others use them. */
interface State {
  readonly claims: ReadonlySet<string>;
  others: number;
}

const usesOf = (pod: Pod, namespace: string, claims: ReadonlySet<string>): number =>
  (pod.metadata.namespace ?? 'default') === namespace
    ? podClaims(pod).filter(({ name }) => claims.has(name)).length
    : 0;

export const volumeRestrictions: Plugin = {
  name: NAME,
  preFilter(cycle) {
    const { pod, lookups, nodes } = cycle;
    if (podClaims(pod).length === 0) return 'skip';
    const { namespace = 'default' } = pod.metadata;
    const claims = new Set<string>();
    for (const { name } of podClaims(pod)) {
      const claim = lookups.claim(namespace, name);
      if (claim === undefined)
        return { status: unresolvable(NAME, `persistentvolumeclaim "${name}" not found`) };
      if (claim.spec.accessModes?.includes('ReadWriteOncePod')) claims.add(name);
    }
    if (claims.size === 0) return 'skip';
    let others = 0;
    for (const { pods } of nodes)
      for (const other of pods.values()) others += usesOf(other, namespace, claims);
    cycle.filterState.set(NAME, { claims, others } satisfies State);
    return undefined;
  },
  filter: (cycle) => ((cycle.filterState.get(NAME) as State).others > 0 ? REFUSED : undefined),
  addPod(cycle, pod) {
    const state = cycle.filterState.get(NAME) as State | undefined;
    if (state !== undefined)
      state.others += usesOf(pod, cycle.pod.metadata.namespace ?? 'default', state.claims);
  },
  removePod(cycle, pod) {
    const state = cycle.filterState.get(NAME) as State | undefined;
    if (state !== undefined)
      state.others -= usesOf(pod, cycle.pod.metadata.namespace ?? 'default', state.claims);
  },
  cloneState: (state) => ({ ...(state as State) }),
  events: new Set(['nodeAdd', 'podDelete', 'claim']),
  hint(pod, event) {
    const claims = new Set(podClaims(pod).map((c) => c.name));
    if (event.type === 'podDelete') return usesOf(event.pod, pod.metadata.namespace ?? 'default', claims) > 0;
    if (event.type === 'claim') return claims.has(event.claim.metadata.name);
    return true;
  },
};
