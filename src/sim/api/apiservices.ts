/** Groups of the API that another server is behind, and what is said while that does not answer. */
import type { APIService } from './resources/apiservice.ts';
import { isAvailable } from './apiserviceverdict.ts';
import type { MetricsApiState } from './metricsservice.ts';
import type { KubeObject } from './types.ts';

const METRICS_GROUP_VERSION = 'metrics.k8s.io/v1beta1';

/** `metrics.k8s.io/v1beta1`, of the groups and versions whose APIServices are not available, sorted. */
export function unavailableGroups(apiServices: Iterable<KubeObject>): string[] {
  const out: string[] = [];
  for (const object of apiServices) {
    const { spec } = object as APIService;
    if (spec.service && !isAvailable(object)) out.push(`${spec.group}/${spec.version}`);
  }
  return out.sort();
}

/** As `unavailableGroups`, of a cluster in which nobody may have asked for APIServices yet. */
export function undiscoveredGroups(apiServices: Iterable<KubeObject>, metrics: MetricsApiState): string[] {
  const known = unavailableGroups(apiServices);
  const isNews = metrics === 'unavailable' && !known.includes(METRICS_GROUP_VERSION);
  return isNews ? [...known, METRICS_GROUP_VERSION].sort() : known;
}

/** As a client words a discovery that lacks some groups (ErrGroupDiscoveryFailed, StaleGroupVersionError). */
export const discoveryText = (groups: readonly string[]): string =>
  'unable to retrieve the complete list of server APIs: ' +
  groups.map((group) => `${group}: stale GroupVersion discovery: ${group}`).join(', ');
