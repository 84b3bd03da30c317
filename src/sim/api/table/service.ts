/**
 * What the columns of Services and Endpoints are made from. Source:
 * pkg/printers/internalversion/printers.go (`printService`, `printEndpoints`).
 */
import type { Endpoints, Service } from '../types.ts';
import { listWithMore, NONE } from './column.ts';

const LOAD_BALANCER_WIDTH = 16;

/** The External-IP column; a load balancer's addresses are cut short unless `isWide`. */
export function externalIP(service: Service, isWide: boolean): string {
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

/** `80:30080/TCP,443/TCP`. */
export const servicePortText = (service: Service): string => {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0) return NONE;
  return ports.map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`).join(',');
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
