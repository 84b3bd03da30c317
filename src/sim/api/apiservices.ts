/** Groups of the API that another server is behind, and what is said while that does not answer. */
import type { APIService } from './resources/apiservice.ts';
import type { KubeObject } from './types.ts';

/** `metrics.k8s.io/v1beta1`, of the groups and versions whose APIServices are not available, sorted. */
export function unavailableGroups(apiServices: Iterable<KubeObject>): string[] {
  const out: string[] = [];
  for (const object of apiServices) {
    const { spec, status } = object as APIService;
    const condition = status?.conditions?.find(({ type }) => type === 'Available');
    if (spec.service && condition?.status !== 'True') out.push(`${spec.group}/${spec.version}`);
  }
  return out.sort();
}

/** As a client words a discovery that lacks some groups (ErrGroupDiscoveryFailed, StaleGroupVersionError). */
export const discoveryText = (groups: readonly string[]): string =>
  'unable to retrieve the complete list of server APIs: ' +
  groups.map((group) => `${group}: stale GroupVersion discovery: ${group}`).join(', ');
