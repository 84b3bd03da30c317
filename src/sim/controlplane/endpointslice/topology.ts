/**
 * Hints by the share of a zone's CPU (service.kubernetes.io/topology-mode: Auto): each zone is to have as
 * many endpoints as its nodes have of all CPU, its own first. Models
 * staging/src/k8s.io/endpointslice/topologycache/{topologycache,utils}.go. All endpoints of a Service are
 * hinted anew whenever it is looked at; upstream leaves slices that need no change as they are.
 */
import { milliValue } from '../../api/quantity.ts';
import type { Node } from '../../api/types.ts';
import type { Endpoint } from './endpoint.ts';

/** The most that an endpoint may have to take more than its share. */
const OVERLOAD = 0.2;

const ZONE = 'topology.kubernetes.io/zone';
const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
const MODES = ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'];

/** Whether a Service asks for such hints, whatever its trafficDistribution. */
export const asksForTopology = (annotations: Readonly<Record<string, string>> | undefined): boolean =>
  MODES.some((key) => ['Auto', 'auto'].includes(annotations?.[key] ?? ''));

/** Each zone's share of the CPU of all; undefined: some node does not say, or there is one zone only. */
export type Ratios = ReadonlyMap<string, number>;

export const isNodeReady = ({ status }: Node): boolean =>
  status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';

export function ratiosOf(nodes: readonly Node[]): Ratios | undefined {
  const cpus = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    const { labels = {} } = node.metadata;
    if (EXCLUDED.some((key) => labels[key] !== undefined) || !isNodeReady(node)) continue;
    const cpu = milliValue(node.status.allocatable?.['cpu'] ?? '0');
    const zone = labels[ZONE];
    if (!zone || cpu === 0) return undefined;
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
    total += cpu;
  }
  if (cpus.size < 2) return undefined;
  return new Map([...cpus].sort(([a], [b]) => (a < b ? -1 : 1)).map(([zone, cpu]) => [zone, cpu / total]));
}

/** Endpoints that a zone is to have: by its share, and the fewest. */
export interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** @returns a text: why no zone can be given its share */
export function allocationsOf(
  ratios: Ratios | undefined,
  endpoints: number,
): ReadonlyMap<string, Allocation> | string {
  if (ratios === undefined)
    return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
  const counts = `(${endpoints} endpoints, ${ratios.size} zones)`;
  if (ratios.size > endpoints) return `Insufficient number of endpoints ${counts}`;
  const shares = [...ratios].map(([zone, ratio]) => {
    const desired = ratio * endpoints;
    const minimum = Math.ceil(desired * (1 / (1 + OVERLOAD)));
    return { zone, minimum, desired: Math.max(desired, minimum) };
  });
  const spare = shares.reduce((left, { minimum }) => left - minimum, endpoints);
  if (spare < 0)
    return (
      'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ' +
      counts
    );
  return new Map(
    shares.map(({ zone, minimum, desired }) => [zone, { minimum, maximum: minimum + spare, desired }]),
  );
}

/** The zone of the most, and how many; of equals the first. */
function mostOf(zones: ReadonlyMap<string, number>): { zone: string; many: number } {
  let most = { zone: '', many: 0 };
  for (const [zone, many] of zones) if (many > most.many) most = { zone, many };
  return most;
}

const count = (zones: Map<string, number>, zone: string, by: number): unknown =>
  zones.set(zone, (zones.get(zone) ?? 0) + by);

/** How many endpoints each zone is to give to others, and how many each receives. */
export function exchanges(
  allocations: ReadonlyMap<string, Allocation>,
  allocated: ReadonlyMap<string, number>,
): { readonly giving: Map<string, number>; readonly receiving: Map<string, number> } {
  const [toGive, toReceive] = [new Map<string, number>(), new Map<string, number>()];
  for (const [zone, { desired }] of allocations) {
    const over = (allocated.get(zone) ?? 0) - desired;
    if (over > 0) toGive.set(zone, over);
    else if (over < 0) toReceive.set(zone, -over);
  }
  const [giving, receiving] = [new Map<string, number>(), new Map<string, number>()];
  for (;;) {
    const [from, to] = [mostOf(toGive), mostOf(toReceive)];
    if (from.zone === '' || to.zone === '') break;
    if ((from.many < 1 && to.many < 1) || from.many < 0.5 || to.many < 0.5) break;
    count(giving, from.zone, 1);
    count(toGive, from.zone, -1);
    count(receiving, to.zone, 1);
    count(toReceive, to.zone, -1);
  }
  return { giving, receiving };
}

const isEndpointReady = ({ conditions }: Endpoint): boolean => conditions?.ready === true;

const forZone = (endpoint: Endpoint, zone: string): Endpoint => ({
  ...endpoint,
  hints: { forZones: [{ name: zone }] },
});

/** Endpoints with their hints; `disabled`: why they have none. */
export function withTopologyHints(
  endpoints: readonly Endpoint[],
  ratios: Ratios | undefined,
): { readonly endpoints: Endpoint[]; readonly disabled?: string } {
  const without = (disabled: string): { endpoints: Endpoint[]; disabled: string } => ({
    endpoints: endpoints.map(({ hints: _, ...rest }) => rest),
    disabled,
  });
  const ready = endpoints.filter(isEndpointReady);
  const allocations = allocationsOf(ratios, ready.length);
  if (typeof allocations === 'string') return without(allocations);
  if (ready.some(({ zone }) => !zone)) return without('One or more endpoints do not have a zone specified');
  const allocated = new Map<string, number>();
  for (const { zone } of ready) count(allocated, zone!, 1);
  const { giving, receiving } = exchanges(allocations, allocated);
  const hinted = endpoints.map((endpoint) => {
    if (!isEndpointReady(endpoint)) return endpoint;
    const zone = endpoint.zone!;
    const to = [...receiving].find(([, many]) => many > 0)?.[0];
    if (to === undefined || (giving.get(zone) ?? 0) <= 0) return forZone(endpoint, zone);
    count(giving, zone, -1);
    count(receiving, to, -1);
    return forZone(endpoint, to);
  });
  return { endpoints: hinted };
}

/** Whether some zone has too few endpoints for its share by now. @param hinted how many by zones */
export function isOverloaded(hinted: ReadonlyMap<string, number>, ratios: Ratios | undefined): boolean {
  if (hinted.size === 0) return false;
  if (ratios === undefined) return true;
  const total = [...hinted.values()].reduce((sum, many) => sum + many, 0);
  return [...ratios].some(
    ([zone, ratio]) => (hinted.get(zone) ?? 0) < Math.ceil(total * ratio * (1 / (1 + OVERLOAD))),
  );
}
