/** Services, Endpoints, EndpointSlices. Source: pkg/printers/internalversion/printers.go. */
import type { Endpoints, Service } from '../../sim/api/types.ts';
import { ageOf } from './age.ts';
import { clock, column, created, labelText, listWithMore, NONE, wide } from './printer.ts';
import type { Printer } from './printer.ts';

const LOAD_BALANCER_WIDTH = 16;

function externalIP(service: Service, isWide: boolean): string {
  const { type, externalIPs } = service.spec;
  const given = externalIPs ?? [];
  if (type === 'ExternalName') return service.spec.externalName ?? '';
  if (type === 'LoadBalancer') {
    const ingress = [
      ...new Set((service.status.loadBalancer?.ingress ?? []).map((i) => i.ip || i.hostname || '')),
    ]
      .sort()
      .join(',');
    const shown =
      !isWide && ingress.length > LOAD_BALANCER_WIDTH
        ? `${ingress.slice(0, LOAD_BALANCER_WIDTH - 3)}...`
        : ingress;
    if (given.length > 0) return [...(shown === '' ? [] : shown.split(',')), ...given].join(',');
    return shown === '' ? '<pending>' : shown;
  }
  return given.length > 0 ? given.join(',') : NONE;
}

const portTexts = (service: Service): string => {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0) return NONE;
  return ports.map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`).join(',');
};

export const servicePrinter: Printer<'Service'> = {
  kind: 'Service',
  columns: [
    column('NAME'),
    column('TYPE'),
    column('CLUSTER-IP'),
    column('EXTERNAL-IP'),
    column('PORT(S)'),
    clock('AGE'),
    wide('SELECTOR'),
  ],
  row: (s, { now, wide: isWide }) => [
    s.metadata.name,
    s.spec.type ?? 'ClusterIP',
    s.spec.clusterIPs?.[0] || s.spec.clusterIP || NONE,
    externalIP(s, isWide),
    portTexts(s),
    ageOf(created(s), now),
    labelText(s.spec.selector),
  ],
};

/** `ip:port` of ready addresses, port by port. */
export function endpointTexts(endpoints: Endpoints): string {
  const all: string[] = [];
  for (const subset of endpoints.subsets ?? []) {
    for (const port of subset.ports ?? []) {
      for (const address of subset.addresses ?? []) {
        all.push(address.ip.includes(':') ? `[${address.ip}]:${port.port}` : `${address.ip}:${port.port}`);
      }
    }
    if ((subset.ports ?? []).length === 0) for (const address of subset.addresses ?? []) all.push(address.ip);
  }
  return (endpoints.subsets ?? []).length === 0 ? NONE : listWithMore(all, '');
}

export const endpointsPrinter: Printer<'Endpoints'> = {
  kind: 'Endpoints',
  columns: [column('NAME'), column('ENDPOINTS'), clock('AGE')],
  row: (e, { now }) => [e.metadata.name, endpointTexts(e), ageOf(created(e), now)],
};

export const endpointSlicePrinter: Printer<'EndpointSlice'> = {
  kind: 'EndpointSlice',
  columns: [column('NAME'), column('ADDRESSTYPE'), column('PORTS'), column('ENDPOINTS'), clock('AGE')],
  row: (s, { now }) => [
    s.metadata.name,
    s.addressType,
    listWithMore(
      (s.ports ?? []).map((p) => String(p.port ?? p.name ?? '*')),
      '<unset>',
    ),
    listWithMore(
      (s.endpoints ?? []).flatMap((e) => [...e.addresses]),
      '<unset>',
    ),
    ageOf(created(s), now),
  ],
};
