/**
 * A bound volume that says by labels in which zone it is keeps its pods there. Models
 * pkg/scheduler/framework/plugins/volumezone/volume_zone.go.
 */
import type { PersistentVolume } from '../../../api/types.ts';
import { bindsLate, classOfClaim, podClaims } from '../../../api/volumes.ts';
import { unresolvable, type Lookups, type Plugin } from '../framework.ts';

const NAME = 'VolumeZone';
const REFUSED = unresolvable(NAME, 'node(s) had no available volume zone');
/** As they are called today, by what they were called. */
const KEYS: Readonly<Record<string, string>> = {
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};

interface Place {
  readonly key: string;
  readonly zones: readonly string[];
}

/** A volume may be in several zones: `a__b`. */
const placesOf = ({ metadata }: PersistentVolume): Place[] =>
  Object.keys(KEYS).flatMap((key) => {
    const value = metadata.labels?.[key];
    return value === undefined ? [] : [{ key, zones: value.split('__') }];
  });

/** Why a claim without a volume cannot be used; undefined: it waits for the scheduler. */
function unboundProblem(name: string, lookups: Lookups): string | undefined {
  if (name === '') return 'PersistentVolumeClaim had no pv name and storageClass name';
  const storageClass = lookups.storageClass(name);
  if (storageClass === undefined) return `storageclass.storage.k8s.io "${name}" not found`;
  return bindsLate(storageClass) ? undefined : 'PersistentVolume had no name';
}

export const volumeZone: Plugin = {
  name: NAME,
  preFilter(cycle) {
    const { pod, lookups } = cycle;
    const claims = podClaims(pod);
    if (claims.length === 0) return 'skip';
    const places: Place[] = [];
    for (const { name } of claims) {
      const claim = lookups.claim(pod.metadata.namespace ?? 'default', name);
      if (claim === undefined)
        return { status: unresolvable(NAME, `persistentvolumeclaim "${name}" not found`) };
      const { volumeName } = claim.spec;
      if (!volumeName) {
        const refused = unboundProblem(classOfClaim(claim), lookups);
        if (refused === undefined) continue;
        return { status: unresolvable(NAME, refused) };
      }
      const volume = lookups.volume(volumeName);
      if (volume === undefined)
        return { status: unresolvable(NAME, `persistentvolume "${volumeName}" not found`) };
      places.push(...placesOf(volume));
    }
    if (places.length === 0) return 'skip';
    cycle.filterState.set(NAME, places);
    return undefined;
  },
  filter(cycle, { node }) {
    const labels = node!.metadata.labels ?? {};
    // A node that says nothing of zones is in all of them: there is but one.
    if (!Object.keys(KEYS).some((key) => labels[key] !== undefined)) return undefined;
    for (const { key, zones } of cycle.filterState.get(NAME) as readonly Place[]) {
      const value = labels[key] ?? labels[KEYS[key]!];
      if (value === undefined || !zones.includes(value)) return REFUSED;
    }
    return undefined;
  },
  events: new Set(['nodeAdd', 'nodeUpdate', 'claim', 'volume', 'storageClass']),
  hint: (_pod, event) => event.type !== 'nodeUpdate' || event.changed.labels,
};
