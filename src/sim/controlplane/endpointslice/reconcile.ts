/**
 * Which slices to create, change and delete so that they hold the wanted endpoints, with as few writes as can
 * be. Models staging/src/k8s.io/endpointslice/reconciler.go (reconcileByPortMapping, reconcileByAddressType,
 * finalize).
 */
import type { EndpointSlice } from '../../api/types.ts';
import { endpointKey, endpointsAlike, type Endpoint, type Port } from './endpoint.ts';
import type { Bug } from '../../planted.ts';

/** The wanted endpoints that share one set of ports. */
export interface Wanted {
  readonly ports: readonly Port[];
  readonly endpoints: readonly Endpoint[];
}

/** Slices as they are to be; what is created has no slice yet. */
export interface SliceChanges {
  create: Wanted[];
  update: { slice: EndpointSlice; ports: readonly Port[]; endpoints: readonly Endpoint[] }[];
  delete: EndpointSlice[];
}

const empty = (): SliceChanges => ({ create: [], update: [], delete: [] });

/** The unchanged slice that would be fullest with so many more endpoints; undefined when none has room. */
export function sliceToFill(
  slices: readonly EndpointSlice[],
  count: number,
  max: number,
): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  let bestRoom = max;
  for (const slice of slices) {
    const room = max - (count + (slice.endpoints?.length ?? 0));
    if (room >= 0 && room < bestRoom) {
      bestRoom = room;
      best = slice;
    }
  }
  return best;
}

/** The changes among slices of one set of ports. */
function reconcilePorts(
  existing: readonly EndpointSlice[],
  wanted: Wanted,
  max: number,
  outdated: (slice: EndpointSlice) => boolean,
  planted: Bug | undefined,
): SliceChanges {
  const changes = empty();
  const left = new Map(wanted.endpoints.map((e) => [endpointKey(e), e]));
  const updates: { slice: EndpointSlice; endpoints: Endpoint[] }[] = [];
  const unchanged: EndpointSlice[] = [];
  for (const slice of existing) {
    const kept: Endpoint[] = [];
    let differs = false;
    for (const endpoint of slice.endpoints ?? []) {
      const key = endpointKey(endpoint);
      const want = left.get(key);
      if (want === undefined) {
        if (planted === 'endpoints-keep-deleted') kept.push(endpoint);
        continue;
      }
      kept.push(want);
      if (!endpointsAlike(want, endpoint)) differs = true;
      left.delete(key);
    }
    if (differs || kept.length !== (slice.endpoints?.length ?? 0)) {
      if (kept.length === 0) changes.delete.push(slice);
      else updates.push({ slice, endpoints: kept });
    } else if (outdated(slice)) {
      updates.push({ slice, endpoints: kept });
    } else {
      unchanged.push(slice);
    }
  }
  const rest = [...left.values()];
  let taken = 0;
  // Slices that are written anyway are filled first, the fullest before the others.
  if (taken < rest.length) {
    for (const update of [...updates].sort((a, b) => b.endpoints.length - a.endpoints.length)) {
      while (taken < rest.length && update.endpoints.length < max) update.endpoints.push(rest[taken++]!);
    }
  }
  while (taken < rest.length) {
    const count = rest.length - taken;
    const fill = count < max ? sliceToFill(unchanged, count, max) : undefined;
    if (fill === undefined) {
      const chunk = rest.slice(taken, taken + max);
      taken += chunk.length;
      changes.create.push({ ports: wanted.ports, endpoints: chunk });
    } else {
      updates.push({ slice: fill, endpoints: [...(fill.endpoints ?? []), ...rest.slice(taken)] });
      unchanged.splice(unchanged.indexOf(fill), 1);
      taken = rest.length;
    }
  }
  changes.update = updates.map((u) => ({ ...u, ports: u.slice.ports ?? [] }));
  return changes;
}

/**
 * All changes of one address type. `existing` are the slices of the owner; `wanted` and `keyOf` group by
 * ports.
 * @param placeholder whether an owner without endpoints keeps one empty slice
 */
export function reconcileSlices(
  existing: readonly EndpointSlice[],
  wanted: ReadonlyMap<string, Wanted>,
  keyOf: (ports: readonly Port[] | undefined) => string,
  max: number,
  outdated: (slice: EndpointSlice) => boolean,
  placeholder: boolean,
  planted?: Bug,
): SliceChanges {
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    const key = keyOf(slice.ports);
    const group = byPorts.get(key);
    if (group === undefined) byPorts.set(key, [slice]);
    else group.push(slice);
  }
  const all = empty();
  for (const [key, group] of wanted) {
    const changes = reconcilePorts(byPorts.get(key) ?? [], group, max, outdated, planted);
    all.create.push(...changes.create);
    all.update.push(...changes.update);
    all.delete.push(...changes.delete);
  }
  for (const [key, slices] of byPorts) if (!wanted.has(key)) all.delete.push(...slices);
  if (placeholder && all.delete.length === existing.length && all.create.length === 0) {
    const only = all.delete[0];
    if (
      all.delete.length === 1 &&
      (only!.endpoints?.length ?? 0) === 0 &&
      (only!.ports?.length ?? 0) === 0 &&
      !outdated(only!)
    )
      all.delete = [];
    else all.create.push({ ports: [], endpoints: [] });
  }
  // A slice that is to go is used again for one that is to come.
  while (all.delete.length > 0 && all.create.length > 0) {
    const slice = all.delete.shift()!;
    const next = all.create.pop()!;
    all.update.push({ slice, ports: next.ports, endpoints: next.endpoints });
  }
  return all;
}
