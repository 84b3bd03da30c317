/** What writers of Services are warned of. Models GetWarningsForService of pkg/api/service/warnings.go. */
import type { Service } from '../types.ts';

export function serviceWarnings({ metadata, spec }: Service): string[] {
  const { type, clusterIP, loadBalancerIP, externalIPs = [], sessionAffinity, externalName } = spec;
  const isHeadless = type === 'ClusterIP' && clusterIP === 'None';
  const isName = type === 'ExternalName';
  const warnings: string[] = [];
  const warn = (is: boolean, text: string): void => void (is && warnings.push(text));
  warn(
    metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined,
    'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use ' +
      'service.kubernetes.io/topology-mode instead',
  );
  warn(isHeadless && Boolean(loadBalancerIP), 'spec.loadBalancerIP is ignored for headless services');
  warn(isHeadless && externalIPs.length > 0, 'spec.externalIPs is ignored for headless services');
  warn(isHeadless && sessionAffinity !== 'None', 'spec.SessionAffinity is ignored for headless services');
  warn(
    externalIPs.length > 0 && !isHeadless && !isName,
    'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
  );
  warn(isName && externalIPs.length > 0, 'spec.externalIPs is ignored when spec.type is "ExternalName"');
  warn(!isName && Boolean(externalName), 'spec.externalName is ignored when spec.type is not "ExternalName"');
  warn(
    spec.trafficDistribution === 'PreferClose',
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  );
  return warnings;
}
