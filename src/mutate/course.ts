/**
 * Whether two runs went alike: everybody but the operator wrote the same at the same times, containers had
 * the same in them, and clients were answered alike. What the operator wrote may differ, and what is copied
 * of that into what is made of it: the template in a ReplicaSet, a Pod, a ControllerRevision.
 */
import type { SentRequests } from '../drivers/driver.ts';
import type { KubeObject } from '../sim/api/types.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import type { ApiChange, HistoryEntry } from '../sim/kernel/history.ts';
import type { World } from '../sim/node/world.ts';

type Step = string | number;
type Path = readonly Step[];
type Entry = Exclude<HistoryEntry, { readonly type: 'operation' }>;

/** What is compared of a run. */
export interface Course {
  readonly entries: readonly Entry[];
  /** A template's hash is part of names, and changes with whatever the template says: without it. */
  readonly plain: (text: string) => string;
  readonly operator: string;
  readonly world: World;
  readonly clients: readonly SentRequests[];
}

export function courseOf(
  cluster: Pick<ClusterApi, 'history' | 'by' | 'world'>,
  clients: readonly SentRequests[] = [],
): Course {
  const entries = cluster.history.filter((e): e is Entry => e.type !== 'operation');
  return { entries, plain: unhashed(entries), operator: cluster.by.actor, world: cluster.world, clients };
}

function hashOf(kind: string, { metadata: { name, labels } }: KubeObject): string | undefined {
  if (kind === 'ReplicaSet') return labels?.['pod-template-hash'];
  return kind === 'ControllerRevision' ? name.slice(name.lastIndexOf('-') + 1) : undefined;
}

function unhashed(entries: readonly Entry[]): (text: string) => string {
  const hashes = new Map<string, string>();
  for (const entry of entries) {
    if (entry.type !== 'api' || entry.before !== undefined) continue;
    const hash = hashOf(entry.kind, entry.after as KubeObject);
    if (hash !== undefined && !hashes.has(hash)) hashes.set(hash, `#${hashes.size}`);
  }
  if (hashes.size === 0) return (text) => text;
  const any = new RegExp([...hashes.keys()].join('|'), 'g');
  return (text) => text.replace(any, (hash) => hashes.get(hash)!);
}

export function wentAlike(one: Course, other: Course): boolean {
  if (one.entries.length !== other.entries.length) return false;
  const copies = new Copies(one.operator);
  return (
    one.entries.every((entry, i) => {
      const twin = other.entries[i]!;
      if (entry === twin) return true;
      if (entry.at !== twin.at || one.plain(said(entry)) !== other.plain(said(twin))) return false;
      if (entry.type !== 'api' || twin.type !== 'api') return true;
      return copies.explain(entry, differences(entry.after, twin.after, one.plain, other.plain));
    }) &&
    one.plain(JSON.stringify(one.clients)) === other.plain(JSON.stringify(other.clients)) &&
    one.plain(insideOf(one.world)) === other.plain(insideOf(other.world))
  );
}

const done = ({ before, after }: ApiChange): string =>
  before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated';

/** All of an entry but when it was, and what an object says. */
const said = (entry: Entry): string =>
  entry.type === 'api'
    ? `${entry.by} ${done(entry)} ${entry.resource} ${entry.namespace} ${entry.name}`
    : `${entry.by} ${entry.key} ${JSON.stringify(entry.args)}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Where two values differ. */
function differences(
  one: unknown,
  other: unknown,
  plainOne: (text: string) => string,
  plainOther: (text: string) => string,
): Path[] {
  const found: Path[] = [];
  const walk = (a: unknown, b: unknown, path: Path): void => {
    if (a === b) return;
    if (typeof a === 'string' && typeof b === 'string') {
      if (plainOne(a) !== plainOther(b)) found.push(path);
      return;
    }
    if (!isObject(a) || !isObject(b)) {
      found.push(path);
      return;
    }
    const others = new Map(Object.entries(b).map(([key, value]) => [plainOther(key), value]));
    for (const [key, value] of Object.entries(a)) {
      const name = plainOne(key);
      walk(value, others.get(name), [...path, name]);
      others.delete(name);
    }
    for (const name of others.keys()) found.push([...path, name]);
  };
  walk(one, other, []);
  return found;
}

const TEMPLATES = new Set<Step>(['spec', 'metadata']);

/** Of a ReplicaSet: how many Pods its Deployment may have while it rolls, kept for when it is scaled. */
const MAX_REPLICAS: Path = ['metadata', 'annotations', 'deployment.kubernetes.io/max-replicas'];

/**
 * Where an object's owner copies a field of its own to: the same place, that below any of its templates, the
 * `data` of a ControllerRevision, ports in EndpointSlices. How many replicas are wanted is no copy, but
 * decided.
 */
function placesOfCopies(path: Path): Path[] {
  if (path[0] === 'spec' && path[1] === 'ports') return [path, ['ports'], ['subsets', '0', 'ports']];
  if (path[0] === 'metadata') return path[1] === 'annotations' ? [path] : [];
  if (path[0] !== 'spec' || path[1] === 'replicas') return [];
  const below = path.flatMap((step, i) => (TEMPLATES.has(step) ? [path.slice(i)] : []));
  return [...below, ['data', ...path], ...(path[1] === 'strategy' ? [MAX_REPLICAS] : [])];
}

const beginsWith = (path: Path, start: Path): boolean => start.every((step, i) => path[i] === step);

/** Differences that are there since the operator wrote something else. */
class Copies {
  /** Where objects may differ, as `Kind namespace/name`. */
  private readonly written = new Map<string, Path[]>();
  private readonly operator: string;

  constructor(operator: string) {
    this.operator = operator;
  }

  /** Whether an object differs for no other reason. */
  explain({ by, kind, namespace, name, after }: ApiChange, paths: readonly Path[]): boolean {
    if (paths.length === 0) return true;
    const key = `${kind} ${namespace}/${name}`;
    const own = this.written.get(key);
    if (by === this.operator && paths.every(([first]) => first !== 'status')) {
      this.written.set(key, [...(own ?? []), ...paths]);
      return true;
    }
    if (own?.length && paths.every((path) => own.some((of) => beginsWith(path, of)))) return true;
    const owners = [
      ...((after as KubeObject | undefined)?.metadata.ownerReferences ?? []),
      // They say only by their name whose they are.
      ...(kind === 'Endpoints' ? [{ kind: 'Service', name }] : []),
    ];
    const copied = owners.flatMap((o) =>
      (this.written.get(`${o.kind} ${namespace}/${o.name}`) ?? []).flatMap(placesOfCopies),
    );
    if (!paths.every((path) => copied.some((of) => beginsWith(path, of)))) return false;
    this.written.set(key, copied);
    return true;
  }
}

const withoutMaps = (_key: string, value: unknown): unknown =>
  value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;

/** What programs see: their environment, their files, what they said. */
function insideOf({ machines }: World): string {
  const all = [...machines.values()].map(({ name, hostFiles, volumes, containers }) => ({
    name,
    hostFiles,
    volumes,
    containers: [...containers.values()].map(({ id, state, environment, files, logs }) => ({
      id,
      state,
      environment,
      files,
      logs,
    })),
  }));
  return JSON.stringify(all, withoutMaps);
}
