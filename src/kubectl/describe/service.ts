/** Services, Endpoints, EndpointSlices. Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go. */
import type { EndpointSlice } from '../../sim/api/types.ts';
import { labelText } from '../../sim/api/table/column.ts';
import type { Describer } from './describer.ts';
import { writeAnnotations, writeLabels } from './writer.ts';

/** Ready addresses of the slices, of one port; three at most are named. */
export function endpointsOfPort(slices: readonly EndpointSlice[], port: string): string {
  if (slices.length === 0) return '<none>';
  const all: string[] = [];
  for (const slice of slices) {
    const ready = (slice.endpoints ?? [])
      .filter((e) => e.conditions?.ready !== false)
      .map((e) => e.addresses[0]!);
    if ((slice.ports ?? []).length === 0) all.push(...ready);
    for (const p of slice.ports ?? [])
      if ((p.name ?? '') === port)
        all.push(...ready.map((ip) => `${ip.includes(':') ? `[${ip}]` : ip}:${p.port}`));
  }
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}

export const serviceDescriber: Describer<'Service'> = {
  kind: 'Service',
  events: true,
  describe(s, w, { api }) {
    const { metadata, spec, status } = s;
    w.write(0, `Name:\t${metadata.name}\n`);
    w.write(0, `Namespace:\t${metadata.namespace}\n`);
    writeLabels(w, 'Labels', metadata.labels);
    writeAnnotations(w, 'Annotations', metadata.annotations);
    w.write(0, `Selector:\t${labelText(spec.selector)}\n`);
    w.write(0, `Type:\t${spec.type ?? ''}\n`);
    if (spec.ipFamilyPolicy) w.write(0, `IP Family Policy:\t${spec.ipFamilyPolicy}\n`);
    w.write(0, `IP Families:\t${(spec.ipFamilies ?? []).join(',') || '<none>'}\n`);
    w.write(0, `IP:\t${spec.clusterIP ?? ''}\n`);
    w.write(0, `IPs:\t${(spec.clusterIPs ?? []).join(',') || '<none>'}\n`);
    if ((spec.externalIPs ?? []).length > 0) w.write(0, `External IPs:\t${spec.externalIPs!.join(',')}\n`);
    if (spec.loadBalancerIP) w.write(0, `Desired LoadBalancer IP:\t${spec.loadBalancerIP}\n`);
    if (spec.externalName) w.write(0, `External Name:\t${spec.externalName}\n`);
    const ingress = status.loadBalancer?.ingress ?? [];
    if (ingress.length > 0) {
      const addressOf = ({ ip, ipMode, hostname = '' }: (typeof ingress)[number]): string =>
        ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : hostname;
      w.write(0, `LoadBalancer Ingress:\t${ingress.map(addressOf).join(', ')}\n`);
    }
    const slices = api.list('EndpointSlice', {
      namespace: metadata.namespace!,
      labelSelector: `kubernetes.io/service-name=${metadata.name}`,
    });
    for (const p of spec.ports ?? []) {
      const name = p.name || '<unset>';
      const protocol = p.protocol ?? 'TCP';
      w.write(0, `Port:\t${name}\t${p.port}/${protocol}\n`);
      w.write(0, `TargetPort:\t${p.targetPort ?? p.port}/${protocol}\n`);
      if (p.appProtocol) w.write(0, `AppProtocol:\t${p.appProtocol}\n`);
      if (p.nodePort) w.write(0, `NodePort:\t${name}\t${p.nodePort}/${protocol}\n`);
      w.write(0, `Endpoints:\t${endpointsOfPort(slices, p.name ?? '')}\n`);
    }
    w.write(0, `Session Affinity:\t${spec.sessionAffinity ?? ''}\n`);
    if (spec.externalTrafficPolicy) w.write(0, `External Traffic Policy:\t${spec.externalTrafficPolicy}\n`);
    if (spec.internalTrafficPolicy) w.write(0, `Internal Traffic Policy:\t${spec.internalTrafficPolicy}\n`);
    if (spec.healthCheckNodePort) w.write(0, `HealthCheck NodePort:\t${spec.healthCheckNodePort}\n`);
    if (spec.trafficDistribution) w.write(0, `Traffic Distribution:\t${spec.trafficDistribution}\n`);
  },
};

export const endpointsDescriber: Describer<'Endpoints'> = {
  kind: 'Endpoints',
  events: true,
  describe(e, w) {
    w.write(0, `Name:\t${e.metadata.name}\n`);
    w.write(0, `Namespace:\t${e.metadata.namespace}\n`);
    writeLabels(w, 'Labels', e.metadata.labels);
    writeAnnotations(w, 'Annotations', e.metadata.annotations);
    w.write(0, 'Subsets:\n');
    for (const s of e.subsets ?? []) {
      w.write(1, `Addresses:\t${(s.addresses ?? []).map((a) => a.ip).join(',') || '<none>'}\n`);
      w.write(
        1,
        `NotReadyAddresses:\t${(s.notReadyAddresses ?? []).map((a) => a.ip).join(',') || '<none>'}\n`,
      );
      if ((s.ports ?? []).length > 0) {
        w.write(1, 'Ports:\n');
        w.write(2, 'Name\tPort\tProtocol\n');
        w.write(2, '----\t----\t--------\n');
        for (const p of s.ports!) w.write(2, `${p.name || '<unset>'}\t${p.port}\t${p.protocol ?? 'TCP'}\n`);
      }
      w.write(0, '\n');
    }
  },
};

export const endpointSliceDescriber: Describer<'EndpointSlice'> = {
  kind: 'EndpointSlice',
  events: true,
  describe(s, w) {
    w.write(0, `Name:\t${s.metadata.name}\n`);
    w.write(0, `Namespace:\t${s.metadata.namespace}\n`);
    writeLabels(w, 'Labels', s.metadata.labels);
    writeAnnotations(w, 'Annotations', s.metadata.annotations);
    w.write(0, `AddressType:\t${s.addressType}\n`);
    const ports = s.ports ?? [];
    if (ports.length === 0) w.write(0, 'Ports: <unset>\n');
    else {
      w.write(0, 'Ports:\n');
      w.write(1, 'Name\tPort\tProtocol\n');
      w.write(1, '----\t----\t--------\n');
      for (const p of ports)
        w.write(1, `${p.name || '<unset>'}\t${p.port ?? '<unset>'}\t${p.protocol ?? 'TCP'}\n`);
    }
    const endpoints = s.endpoints ?? [];
    if (endpoints.length === 0) w.write(0, 'Endpoints: <none>\n');
    else {
      w.write(0, 'Endpoints:\n');
      for (const e of endpoints) {
        w.write(1, `- Addresses:\t${e.addresses.join(', ') || '<none>'}\n`);
        w.write(2, 'Conditions:\n');
        w.write(3, `Ready:\t${e.conditions?.ready ?? '<unset>'}\n`);
        w.write(2, `Hostname:\t${e.hostname ?? '<unset>'}\n`);
        if (e.targetRef) w.write(2, `TargetRef:\t${e.targetRef.kind}/${e.targetRef.name}\n`);
        w.write(2, `NodeName:\t${e.nodeName ?? '<unset>'}\n`);
        w.write(2, `Zone:\t${e.zone ?? '<unset>'}\n`);
      }
    }
  },
};
