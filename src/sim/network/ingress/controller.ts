/**
 * What controllers of ingress-nginx' kind do, one process for all of their Pods: it takes Ingresses in, has
 * each nginx reload or learn its endpoints, and writes addresses into their status. Models
 * internal/ingress/controller/{controller,nginx}.go (syncIngress, its limit of 0.3 a second) and
 * internal/ingress/status/status.go of github.com/kubernetes/ingress-nginx. The first ready Pod of a
 * controller stands for its leader. Left out: the Lease of the leader, ConfigMaps, metrics.
 */
import type { ApiComponent, Context, WatchEvent } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EndpointSlice, Ingress, IngressClass, Pod, Secret, Service } from '../../api/types.ts';
import { sandboxesNamed } from '../../node/addresses.ts';
import { programOf } from '../../node/images.ts';
import { isIngressController } from '../../node/images/gateways.ts';
import { listeningSince } from '../../node/answer.ts';
import { containersOf, type IngressController, type RuntimeContainer, type World } from '../../node/world.ts';
import type { Millis, Task } from '../../kernel/types.ts';
import { isHandled, knownTo, needsReload, recordIngress, recordStatus, servicesOf } from './facts.ts';

export const INGRESS_CONTROLLER = 'ingress-controller';
/** As events are signed. */
const SOURCE = 'nginx-ingress-controller';

/** --sync-rate-limit: so long after one sync comes the next (0.3 a second). */
const SYNC_EVERY_MS = 3334;
/** Endpoints are told to nginx as it runs. */
const DYNAMIC_MS = 10;
/** How often the leader compares what Ingresses say of their addresses. */
const STATUS_EVERY_MS = 60_000;

/** Of a controller's container: when it last synced, and whether more has changed since. */
interface Sync {
  readonly lastAt: Millis;
  readonly isPending: boolean;
  readonly isDirty: boolean;
}

interface State {
  /** `namespace/name` of the Pods of controllers. */
  readonly pods: Set<string>;
  readonly syncs: Map<string, Sync>;
  statusPending: boolean;
}

interface Of {
  /** `namespace/name` of the Pod. */
  readonly pod: string;
  readonly container: string;
}
type ControllerTask =
  | (Task & Of & { readonly type: 'sync' })
  | (Task & Of & { readonly type: 'configured'; readonly knows: Millis; readonly isReload: boolean })
  | (Task & { readonly type: 'status' });

type Ctx = Context<World>;

const later = (ctx: Ctx, delayMs: Millis, task: ControllerTask, timeout = false): unknown =>
  ctx.schedule(delayMs, task, { timeout });

/** A container of a controller that runs. */
interface Running extends Of {
  readonly node: string;
  readonly process: RuntimeContainer;
  readonly controller: IngressController;
}

const named = ({ metadata }: { metadata: { namespace?: string; name: string } }): string =>
  `${metadata.namespace}/${metadata.name}`;

function runningIn(world: World, pod: string): Running[] {
  const [namespace = '', name = ''] = pod.split('/');
  return sandboxesNamed(world, namespace, name).flatMap(({ machine, sandbox }) =>
    containersOf(machine, sandbox.podUid).flatMap((process) => {
      const { ingress: controller } = programOf(world, process);
      return process.state === 'running' && controller !== undefined
        ? [{ pod, container: process.id, node: machine.name, process, controller }]
        : [];
    }),
  );
}

const runningOf = (state: State, world: World): Running[] =>
  [...state.pods].sort().flatMap((pod) => runningIn(world, pod));

const isCutOff = ({ network }: World, node: string): boolean =>
  network.cutOff.has(node) || network.isolated.has(node);

/** Something that nginx goes by has changed: each controller syncs, as soon as its limit lets it. */
function queueSyncs(state: State, ctx: Ctx): void {
  const { configured } = ctx.world.network.ingress;
  for (const { pod, container, process } of runningOf(state, ctx.world)) {
    const since = listeningSince(ctx.world, process);
    // It lists everything once it is up.
    if (since > ctx.now) continue;
    if (!configured.has(container)) configured.set(container, since);
    const sync = state.syncs.get(container) ?? { lastAt: since, isPending: false, isDirty: false };
    const isLimited = ctx.now < sync.lastAt + SYNC_EVERY_MS;
    if (ctx.config.planted === 'ingress-forgets-when-limited' && isLimited) continue;
    if (sync.isPending) state.syncs.set(container, { ...sync, isDirty: true });
    else schedule(state, ctx, { pod, container }, sync.lastAt);
  }
}

function schedule(state: State, ctx: Ctx, { pod, container }: Of, lastAt: Millis): void {
  const waitMs = Math.max(1, lastAt + SYNC_EVERY_MS - ctx.now);
  state.syncs.set(container, { lastAt, isPending: true, isDirty: false });
  later(ctx, waitMs, { type: 'sync', pod, container });
}

function forget(state: State, ctx: Ctx, container: string): void {
  state.syncs.delete(container);
  ctx.world.network.ingress.configured.delete(container);
}

/** Whether more than endpoints has changed since a moment. */
const isReloadDue = ({ network }: World, since: Millis): boolean =>
  [...network.ingress.objects].some(([key, versions]) => needsReload(key) && versions.at(-1)!.at > since);

function podOf(ctx: Ctx, pod: string): Pod | undefined {
  const [namespace = '', name = ''] = pod.split('/');
  return ctx.cache.get('Pod', namespace, name);
}

function tell(ctx: Ctx, pod: string, type: 'Normal' | 'Warning', message: string): void {
  const object = podOf(ctx, pod);
  if (object !== undefined) ctx.event(object, type, 'RELOAD', message, { source: SOURCE });
}

function sync(of: Of, state: State, ctx: Ctx): void {
  const { pod, container } = of;
  const running = runningIn(ctx.world, pod).find((one) => one.container === container);
  if (running === undefined) return forget(state, ctx, container);
  if (isCutOff(ctx.world, running.node)) {
    // Nothing is heard there; once it is, all of it is.
    later(ctx, SYNC_EVERY_MS, { type: 'sync', pod, container }, true);
    return;
  }
  const { ingress } = ctx.world.network;
  const isReload = isReloadDue(ctx.world, knownTo(ctx.world, running.process));
  state.syncs.set(container, { lastAt: ctx.now, isPending: true, isDirty: false });
  if (isReload && ingress.reloadFails) {
    tell(ctx, pod, 'Warning', 'Error reloading NGINX: exit status 1');
    later(ctx, SYNC_EVERY_MS, { type: 'sync', pod, container }, true);
    return;
  }
  const takesMs = isReload ? ctx.latency('ingressReload') : DYNAMIC_MS;
  later(ctx, takesMs, { type: 'configured', pod, container, knows: ctx.now, isReload });
}

function configured(
  { pod, container, knows, isReload }: ControllerTask & { type: 'configured' },
  state: State,
  ctx: Ctx,
): void {
  if (!runningIn(ctx.world, pod).some((one) => one.container === container))
    return forget(state, ctx, container);
  if (ctx.config.planted !== 'ingress-forgets-to-reload' || !isReload)
    ctx.world.network.ingress.configured.set(container, knows);
  if (isReload) tell(ctx, pod, 'Normal', 'NGINX reload triggered due to a change in configuration');
  const { lastAt, isDirty } = state.syncs.get(container)!;
  if (isDirty) schedule(state, ctx, { pod, container }, lastAt);
  else state.syncs.set(container, { lastAt, isPending: false, isDirty: false });
}

// ---- status

const isReady = ({ status, metadata }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;

/** The Pods that lead: the first ready one of each controller class. */
function leadersOf(state: State, ctx: Ctx): Running[] {
  const leaders = new Map<string, Running>();
  for (const running of runningOf(state, ctx.world)) {
    const pod = podOf(ctx, running.pod);
    const { controllerClass } = running.controller;
    if (pod !== undefined && isReady(pod) && !leaders.has(controllerClass))
      leaders.set(controllerClass, running);
  }
  return [...leaders.values()];
}

/** At the next of the leader's looks, which come a minute apart. */
function queueStatus(state: State, ctx: Ctx, isFirst = false): void {
  if (state.statusPending) return;
  const [leader] = leadersOf(state, ctx);
  if (leader === undefined) return;
  state.statusPending = true;
  const since = listeningSince(ctx.world, leader.process);
  const untilNextMs = STATUS_EVERY_MS - ((ctx.now - since) % STATUS_EVERY_MS);
  later(ctx, isFirst ? 1 : Math.max(1, untilNextMs), { type: 'status' });
}

type Address = { ip: string } | { hostname: string };
const addressFor = (text: string): Address => (/^[\d.]+$|:/.test(text) ? { ip: text } : { hostname: text });

/** What Ingresses are said to be reached by. Undefined: the Service that says so is not there. */
function addressesOf(state: State, ctx: Ctx, leader: Running): Address[] | undefined {
  const { statusAddress, publishService } = leader.controller;
  if (statusAddress) return statusAddress.split(/,\s*/).map(addressFor);
  if (publishService) {
    const [namespace = '', name = ''] = publishService.split('/');
    const service = ctx.cache.get('Service', namespace, name);
    return service === undefined ? undefined : publishedBy(service);
  }
  const ips = runningOf(state, ctx.world).flatMap(({ pod, controller }) => {
    const object = podOf(ctx, pod);
    const isSame = controller.controllerClass === leader.controller.controllerClass;
    return isSame && object !== undefined && isReady(object) ? [object.status.hostIP ?? ''] : [];
  });
  return [...new Set(ips)].sort().map(addressFor);
}

function publishedBy({ spec, status }: Service): Address[] {
  const external = (spec.externalIPs ?? []).map(addressFor);
  switch (spec.type) {
    case 'ExternalName':
      return [addressFor(spec.externalName ?? '')];
    case 'LoadBalancer':
      return [
        ...(status.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => addressFor(ip || (hostname ?? ''))),
        ...external,
      ];
    default:
      return external.length > 0 ? external : [addressFor(spec.clusterIP ?? '')];
  }
}

const textOf = (addresses: readonly { ip?: string; hostname?: string }[]): string =>
  addresses.map(({ ip, hostname }) => ip || (hostname ?? '')).join(',');

/** @param addresses undefined: as the leader has them; else these */
function writeStatus(state: State, ctx: Ctx, leaders: readonly Running[], addresses?: Address[]): void {
  const classes = ctx.cache.list('IngressClass') as IngressClass[];
  for (const leader of leaders) {
    if (isCutOff(ctx.world, leader.node)) continue;
    const wanted = addresses ?? addressesOf(state, ctx, leader);
    if (wanted === undefined) continue;
    for (const ingress of ctx.cache.list('Ingress') as Ingress[]) {
      if (!isHandled(ingress, classes, leader.controller)) continue;
      if (textOf(ingress.status?.loadBalancer?.ingress ?? []) === textOf(wanted)) continue;
      try {
        ctx.api.updateStatus({
          ...ingress,
          status: { loadBalancer: wanted.length === 0 ? {} : { ingress: wanted } },
        });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (ctx.config.planted !== 'ingress-status-not-retried') queueStatus(state, ctx);
      }
    }
  }
}

// ---- what it hears

function seePod({ type, object, old }: WatchEvent, state: State, ctx: Ctx): void {
  const pod = object as unknown as Pod;
  if (!pod.spec.containers.some(({ image = '' }) => isIngressController(image))) return;
  const key = named(pod);
  if (type === 'DELETED') {
    state.pods.delete(key);
    return;
  }
  state.pods.add(key);
  const before = old as Pod | undefined;
  if (isReady(pod) && (before === undefined || !isReady(before))) queueStatus(state, ctx, true);
  const isEnding = pod.metadata.deletionTimestamp !== undefined;
  if (!isEnding || before === undefined || before.metadata.deletionTimestamp !== undefined) return;
  // The last one takes its addresses back.
  if (state.pods.size === 1) writeStatus(state, ctx, runningIn(ctx.world, key), []);
  else queueStatus(state, ctx, true);
}

/** Each controller whose it is tells that it has heard of an Ingress. */
function tellOfSync(ingress: Ingress, state: State, ctx: Ctx): void {
  const classes = ctx.cache.list('IngressClass') as IngressClass[];
  for (const { controller, node } of runningOf(state, ctx.world))
    if (!isCutOff(ctx.world, node) && isHandled(ingress, classes, controller))
      ctx.event(ingress, 'Normal', 'Sync', 'Scheduled for sync', { source: SOURCE });
}

const isCertificate = ({ data }: Secret): boolean => Boolean(data?.['tls.crt'] && data['tls.key']);

/** Whether an Ingress leads to a Service. */
const leadsTo = ({ metadata, spec }: Ingress, namespace: string, service: string): boolean =>
  metadata.namespace === namespace && servicesOf(spec).includes(service);

const specOf = ({ spec, metadata }: Ingress): string => JSON.stringify([spec, metadata.annotations ?? {}]);

function observe(event: WatchEvent, state: State, ctx: Ctx): void {
  const { kind, type, object, old } = event;
  const isGone = type === 'DELETED';
  const { namespace = '', name } = object.metadata;
  const key = `${kind}/${namespace === '' ? '' : `${namespace}/`}${name}`;
  switch (kind) {
    case 'Pod':
      return seePod(event, state, ctx);
    case 'Ingress': {
      const ingress = object as unknown as Ingress;
      if (old !== undefined && !isGone && specOf(ingress) === specOf(old as unknown as Ingress))
        return recordStatus(ctx.world, key, ingress);
      recordIngress(ctx.world, key, isGone ? null : ingress, ctx.now);
      if (!isGone) tellOfSync(ingress, state, ctx);
      queueStatus(state, ctx);
      return queueSyncs(state, ctx);
    }
    case 'IngressClass':
      recordIngress(ctx.world, key, isGone ? null : (object as unknown as IngressClass), ctx.now);
      queueStatus(state, ctx);
      return queueSyncs(state, ctx);
    case 'Secret': {
      const isOne = !isGone && isCertificate(object as unknown as Secret);
      if (!isOne && !ctx.world.network.ingress.objects.has(key)) return;
      recordIngress(ctx.world, key, isGone ? null : isOne, ctx.now);
      return queueSyncs(state, ctx);
    }
    default: {
      recordIngress(ctx.world, key, isGone ? null : (object as unknown as Service | EndpointSlice), ctx.now);
      if (kind === 'EndpointSlice' && ctx.config.planted === 'ingress-misses-endpoints') return;
      const service = kind === 'Service' ? name : object.metadata.labels?.['kubernetes.io/service-name'];
      const ingresses = ctx.cache.list('Ingress', namespace) as Ingress[];
      if (service !== undefined && ingresses.some((one) => leadsTo(one, namespace, service)))
        queueSyncs(state, ctx);
      if (kind === 'Service') queueStatus(state, ctx);
    }
  }
}

/** Component and process `ingress-controller`. */
export const ingressController: ApiComponent<State, ControllerTask, World> = {
  component: INGRESS_CONTROLLER,
  watches: () => [{ kinds: ['Pod', 'Service', 'EndpointSlice', 'Secret', 'IngressClass', 'Ingress'] }],
  start: () => ({ pods: new Set(), syncs: new Map(), statusPending: false }),
  observe,
  handle(task, state, ctx) {
    if (task.type === 'sync') return sync(task, state, ctx);
    if (task.type === 'configured') return configured(task, state, ctx);
    state.statusPending = false;
    writeStatus(state, ctx, leadersOf(state, ctx));
  },
};
