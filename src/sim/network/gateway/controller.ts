/**
 * What controllers of Gateways do, one process for all of their Pods: it takes Gateways and routes in, and
 * writes what comes of them into their status. The first ready Pod of a controller stands for its leader.
 * Models internal/framework/status of github.com/nginx/nginx-gateway-fabric. Left out: policies of its own,
 * data planes in Pods of their own.
 */
import type { ApiComponent, Context, WatchEvent } from '../../api/client.ts';
import { ApiError } from '../../api/errors.ts';
import { rfc3339 } from '../../api/time.ts';
import type { KubeObject, Pod, Secret, Service } from '../../api/types.ts';
import type { Task } from '../../kernel/types.ts';
import { sandboxesNamed } from '../../node/addresses.ts';
import { isGatewayController } from '../../node/images/gateways.ts';
import type { GatewayController, World } from '../../node/world.ts';
import type { Seen } from './attachment.ts';
import { controllerOf, GATEWAY_CONTROLLER, isStuck, recordGateway, seenAt } from './facts.ts';
import { gatewayStatus, routeParents, saysNotReloaded } from './status.ts';
import { type Condition, type GatewayClass, GROUP, type HTTPRoute } from './types.ts';

const RESOURCES = ['gatewayclasses', 'gateways', 'httproutes', 'referencegrants'].map(
  (plural) => `${plural}.${GROUP}`,
);
/** Changes are gathered for so long, and a write that failed is tried again after it. */
const STATUS_MS = 1_000;

interface State {
  /** `namespace/name` of the Pods of controllers. */
  readonly pods: Set<string>;
  statusPending: boolean;
}

interface StatusTask extends Task {
  readonly type: 'status';
}

type Ctx = Context<World>;

function queueStatus(state: State, ctx: Ctx): void {
  if (state.statusPending) return;
  state.statusPending = true;
  ctx.schedule(STATUS_MS, { type: 'status' } satisfies StatusTask as StatusTask);
}

const isReady = ({ status, metadata }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;

interface Leader {
  readonly controller: GatewayController;
  readonly pod: Pod;
}

/** The first ready Pod of each controller, where it hears of the API. */
function leadersOf(state: State, ctx: Ctx): Leader[] {
  const { world } = ctx;
  const leaders = new Map<string, Leader>();
  for (const key of [...state.pods].sort()) {
    const [namespace = '', name = ''] = key.split('/');
    const pod = ctx.cache.get('Pod', namespace, name);
    const [at] = sandboxesNamed(world, namespace, name);
    if (pod === undefined || at === undefined || !isReady(pod)) continue;
    const { cutOff, isolated } = world.network;
    if (cutOff.has(at.machine.name) || isolated.has(at.machine.name)) continue;
    const controller = controllerOf(world, at.machine, at.sandbox.podUid);
    if (controller !== undefined && !leaders.has(controller.controllerName))
      leaders.set(controller.controllerName, { controller, pod });
  }
  return [...leaders.values()];
}

/** Where Gateways are reached: at the Service's addresses, or at the Pod's. */
function addressesOf({ controller: { service }, pod }: Leader, ctx: Ctx): string[] {
  if (service === undefined) return [pod.status.podIP ?? ''];
  const found = ctx.cache.get('Service', pod.metadata.namespace!, service) as Service | undefined;
  if (found?.spec.type !== 'LoadBalancer') return found?.spec.clusterIP ? [found.spec.clusterIP] : [];
  return (found.status.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
}

type Said = Omit<Condition, 'lastTransitionTime'> & { readonly lastTransitionTime?: string };

/** Conditions with the times at which they came to be as they are. */
function dated(said: readonly Said[], before: readonly Condition[], now: string): Condition[] {
  return said.map((one) => {
    const known = before.find(({ type }) => type === one.type);
    return { ...one, lastTransitionTime: known?.status === one.status ? known.lastTransitionTime : now };
  });
}

interface Conditions {
  readonly name?: string;
  readonly conditions?: readonly Condition[];
}
interface GatewayStatus extends Conditions {
  readonly listeners?: readonly Conditions[];
  readonly addresses?: readonly object[];
}

/** A status whose conditions have no times, and what the object has. */
function statusOf(said: object, before: GatewayStatus | undefined, now: string): object {
  const { conditions = [], listeners } = said as GatewayStatus;
  const was = (name: string | undefined): readonly Condition[] =>
    before?.listeners?.find((one) => one.name === name)?.conditions ?? [];
  return {
    ...said,
    conditions: dated(conditions, before?.conditions ?? [], now),
    ...(listeners === undefined
      ? {}
      : {
          listeners: listeners.map((one) => ({
            ...one,
            conditions: dated(one.conditions ?? [], was(one.name), now),
          })),
        }),
  };
}

/** Whether two say the same, in whatever order their keys stand. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [x, y] = [a, b] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(x!), ...Object.keys(y!)]);
  return [...keys].every((key) => isSame(x![key], y![key]));
}

function write(object: KubeObject, status: object, state: State, ctx: Ctx): void {
  if (isSame((object as { status?: object }).status, status)) return;
  try {
    ctx.api.updateStatus({ ...object, status } as never);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (ctx.config.planted !== 'gateway-status-not-retried') queueStatus(state, ctx);
  }
}

function writeClass(object: GatewayClass, state: State, ctx: Ctx): void {
  const accepted = {
    type: 'Accepted',
    status: 'True' as const,
    reason: 'Accepted',
    message: 'The GatewayClass has been accepted by the controller',
    observedGeneration: object.metadata.generation ?? 1,
  };
  const status = statusOf({ conditions: [accepted] }, object.status, rfc3339(ctx.now));
  write(object, status, state, ctx);
}

function writeRoute(route: HTTPRoute, seen: Seen, name: string, state: State, ctx: Ctx): void {
  const before = route.status?.parents ?? [];
  const parents = routeParents(seen, route, name, isStuck(ctx.world)).map((parent) => {
    const known = before.find(
      (one) => one.controllerName === name && isSame(one.parentRef, parent.parentRef),
    );
    return { ...parent, conditions: dated(parent.conditions, known?.conditions ?? [], rfc3339(ctx.now)) };
  });
  const others = before.filter(({ controllerName }) => controllerName !== name);
  if (parents.length > 0 || before.length > others.length)
    write(route, { parents: [...others, ...parents] }, state, ctx);
}

function writeStatus(state: State, ctx: Ctx): void {
  for (const leader of leadersOf(state, ctx)) {
    const { controllerName } = leader.controller;
    const seen = seenAt(ctx.world, leader.controller, ctx.now);
    for (const one of ctx.cache.list(RESOURCES[0]!) as unknown as GatewayClass[])
      if (one.spec.controllerName === controllerName) writeClass(one, state, ctx);
    for (const gateway of seen.gateways) {
      const isGivenUp = saysNotReloaded((gateway.status as GatewayStatus | undefined)?.conditions);
      if (isGivenUp && ctx.config.planted === 'gateway-stays-unprogrammed') continue;
      const said = gatewayStatus(seen, gateway, addressesOf(leader, ctx), isStuck(ctx.world));
      write(gateway, statusOf(said, gateway.status, rfc3339(ctx.now)), state, ctx);
    }
    for (const route of seen.routes) writeRoute(route, seen, controllerName, state, ctx);
  }
}

const isCertificate = ({ data }: Secret): boolean => Boolean(data?.['tls.crt'] && data['tls.key']);

function observe(event: WatchEvent, state: State, ctx: Ctx): void {
  const { kind, resource, type, object } = event;
  const isGone = type === 'DELETED';
  const { namespace = '', name } = object.metadata;
  const key = `${kind}/${namespace}/${name}`;
  if (kind === 'Pod') {
    const { containers } = (object as Pod).spec;
    if (!containers.some(({ image = '' }) => isGatewayController(image))) return;
    if (isGone) state.pods.delete(`${namespace}/${name}`);
    else state.pods.add(`${namespace}/${name}`);
  } else if (kind === 'Secret') {
    const isOne = !isGone && isCertificate(object as unknown as Secret);
    if (!isOne && !ctx.world.network.gateway.objects.has(key)) return;
    recordGateway(ctx.world, key, isGone ? null : isOne, ctx.now);
  } else if (kind === 'Namespace' || RESOURCES.includes(resource)) {
    recordGateway(ctx.world, key, isGone ? null : object, ctx.now);
  }
  queueStatus(state, ctx);
}

/** Component and process `gateway-controller`. */
export const gatewayController: ApiComponent<State, StatusTask, World> = {
  component: GATEWAY_CONTROLLER,
  watches: (_args, resources) => [
    {
      kinds: [
        'Pod',
        'Service',
        'Secret',
        'Namespace',
        ...RESOURCES.filter((resource) => resources.find(resource) !== undefined),
      ],
    },
  ],
  start: () => ({ pods: new Set(), statusPending: false }),
  observe,
  handle(_task, state, ctx) {
    state.statusPending = false;
    writeStatus(state, ctx);
  },
};
