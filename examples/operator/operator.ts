// An operator of databases: it runs the members of each as a StatefulSet, and sees to it that one of those
// that are Ready is the primary. A function from what it sees to what it writes: it is called again whenever
// one of its objects has changed, reads what is there, and brings that one step nearer to what is wanted.
import { extendKit, standardKit } from 'seatrial';
import type { Controller, ControllerContext, KindMap, KubeObject } from 'seatrial';

interface Condition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
}

interface Database extends KubeObject {
  spec: { members: number; image: string; storage: string };
  status?: {
    primary?: string;
    failovers?: number;
    /** As the subresource `scale` reads them. */
    members?: number;
    selector?: string;
    conditions?: Condition[];
  };
}

type Pod = KindMap['Pod'];

const DATABASES = 'databases.example.com';
/** How long a primary may be away: one that restarts is back by then, and keeps its place. */
const PATIENCE_MS = 10_000;

const labelsOf = (name: string) => ({ 'example.com/database': name });

const isReady = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp === undefined &&
  (pod.status.conditions ?? []).some((c) => c.type === 'Ready' && c.status === 'True');

/** What every object of a database has: its name, and its owner, with which it goes. */
function metadataOf(database: Database, name: string) {
  const { apiVersion, kind, metadata } = database;
  const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true };
  return {
    name,
    namespace: metadata.namespace ?? 'default',
    labels: labelsOf(metadata.name),
    ownerReferences: [owner],
  };
}

/** One Service for all members, which gives them names, and one for the primary alone. */
function ensureServices(database: Database, ctx: ControllerContext): void {
  const { name, namespace = 'default' } = database.metadata;
  const ports = [{ port: 5432 }];
  const services = [
    { name, spec: { clusterIP: 'None', selector: labelsOf(name), ports } },
    { name: `${name}-primary`, spec: { selector: { ...labelsOf(name), role: 'primary' }, ports } },
  ];
  for (const { name: service, spec } of services)
    if (ctx.api.find('Service', namespace, service) === undefined)
      ctx.api.create({ apiVersion: 'v1', kind: 'Service', metadata: metadataOf(database, service), spec });
}

function ensureMembers(database: Database, ctx: ControllerContext): void {
  const { name, namespace = 'default' } = database.metadata;
  const { members, image, storage } = database.spec;
  const found = ctx.api.find('StatefulSet', namespace, name);
  if (found !== undefined) {
    if (found.spec.replicas !== members) ctx.api.scale('StatefulSet', namespace, name, members);
    return;
  }
  ctx.api.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(database, name),
    spec: {
      serviceName: name,
      replicas: members,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labelsOf(name) },
      template: {
        metadata: { labels: labelsOf(name) },
        spec: {
          containers: [
            {
              name: 'database',
              image,
              env: [{ name: 'POSTGRES_PASSWORD', value: 'secret' }],
              ports: [{ containerPort: 5432 }],
              readinessProbe: { tcpSocket: { port: 5432 }, periodSeconds: 2, failureThreshold: 2 },
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
        },
      ],
    },
  });
}

/** The member that is to be the primary: the one that is, as long as it is Ready; else the first that is. */
function elect(database: Database, pods: readonly Pod[]): Pod | undefined {
  const current = pods.find((p) => p.metadata.name === database.status?.primary);
  if (current !== undefined && isReady(current)) return current;
  return pods.filter(isReady).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))[0];
}

function setRole(pod: Pod, role: 'primary' | 'member', ctx: ControllerContext): void {
  const { name, namespace = 'default', labels } = pod.metadata;
  if (labels?.role !== role)
    ctx.api.patch('Pod', namespace, name, 'merge', { metadata: { labels: { role } } });
}

function writeStatus(
  database: Database,
  primary: string | undefined,
  pods: readonly Pod[],
  ctx: ControllerContext,
): void {
  const { status = {}, spec, metadata } = database;
  const ready = pods.filter(isReady).length;
  const moved = status.primary !== undefined && status.primary !== primary;
  const failovers = (status.failovers ?? 0) + Number(moved);
  const all = ready >= spec.members;
  const condition: Condition = {
    type: 'Ready',
    status: all && primary !== undefined ? 'True' : 'False',
    reason: all ? 'AllMembersReady' : 'MembersMissing',
    message: `${ready} of ${spec.members} members are ready`,
  };
  ctx.api.updateStatus<Database>({
    ...database,
    status: {
      ...status,
      ...(primary === undefined ? {} : { primary }),
      failovers,
      members: pods.length,
      selector: `example.com/database=${metadata.name}`,
      conditions: [condition],
    },
  });
}

/** Since when the primary of a database has been away. Plain data, and lost when the operator restarts. */
type State = Record<string, number>;

function sync(key: string, state: State, ctx: ControllerContext): void {
  const [namespace = '', name = ''] = key.split('/');
  const database = ctx.api.find(DATABASES, namespace, name) as Database | undefined;
  if (database === undefined || database.metadata.deletionTimestamp !== undefined) {
    delete state[key];
    return;
  }
  ensureServices(database, ctx);
  ensureMembers(database, ctx);
  const pods = ctx.api.list('Pod', { namespace, labelSelector: `example.com/database=${name}` });
  const chosen = elect(database, pods);
  const before = database.status?.primary;
  if (before !== undefined && chosen?.metadata.name !== before) {
    const since = (state[key] ??= ctx.now);
    if (ctx.now - since < PATIENCE_MS) {
      ctx.queue.addAfter(key, since + PATIENCE_MS - ctx.now);
      return;
    }
  }
  delete state[key];
  const primary = chosen?.metadata.name ?? before;
  // Whoever was the primary ceases to be it first: there are never two.
  for (const pod of pods) if (pod.metadata.name !== primary) setRole(pod, 'member', ctx);
  if (chosen !== undefined) {
    if (before !== undefined && before !== primary)
      ctx.event(database, 'Normal', 'FailedOver', `${primary} takes the place of ${before}`);
    setRole(chosen, 'primary', ctx);
  }
  writeStatus(database, primary, pods, ctx);
}

export const databaseOperator: Controller<State> = {
  name: 'database-operator',
  watches: [DATABASES, 'Pod', 'StatefulSet'],
  init: () => ({}),
  observe({ resource, object }, _state, ctx) {
    const { name, namespace = '', labels } = object.metadata;
    const database = resource === DATABASES ? name : labels?.['example.com/database'];
    if (database !== undefined) ctx.queue.add(`${namespace}/${database}`);
  },
  sync,
};

export default extendKit(standardKit, { controllers: [databaseOperator] });
