/**
 * A request at a Pod that passes requests on by Gateways and their routes: which listener and rule it meets,
 * what filters make of it, to which backend it goes, and what is answered where that fails. As NGINX Gateway
 * Fabric does it (github.com/nginx/nginx-gateway-fabric), whose nginx tries another endpoint where one fails.
 * Endpoints are drawn, not taken in turn.
 */
import type { Millis } from '../../kernel/types.ts';
import type { Obstacle } from '../../messages.ts';
import { addedMs } from '../../node/answer.ts';
import type { GatewayController } from '../../node/world.ts';
import { failureOf, pageOf, type ProxyDoor, type Send } from '../ingress/proxy.ts';
import { candidates, isReady } from '../proxy.ts';
import { viewAt } from '../routes.ts';
import type { Trip } from '../trip.ts';
import type { RequestOutcome } from '../types.ts';
import { attached, gatewayOf, isServed, unresolvedBackend } from './attachment.ts';
import { knownTo, seenAt } from './facts.ts';
import { filtered, locationOf, timeoutOf } from './filters.ts';
import { type Asked, type Chosen, chosenOf, meetingNames, type Met, narrowest } from './match.ts';
import type { BackendRef, Gateway, Listener } from './types.ts';

export type GatewayDoor = Omit<ProxyDoor, 'controller'> & { readonly controller: GatewayController };

/** nginx' proxy_connect_timeout and proxy_read_timeout. */
const TIMEOUT_MS = 60_000;

/** A request's way from here on. */
class Passage {
  private readonly trip: Trip;
  private readonly door: GatewayDoor;
  private readonly send: Send;
  private readonly knows: Millis;

  constructor(trip: Trip, door: GatewayDoor, send: Send) {
    this.trip = trip;
    this.door = door;
    this.send = send;
    this.knows = knownTo(trip.env.world, door.machine, door.container, trip.env.now);
  }

  outcome(): RequestOutcome {
    const { trip, door } = this;
    const seen = seenAt(trip.env.world, door.controller, this.knows);
    trip.way.reach('pod', this.pod);
    const served = seen.gateways.flatMap((gateway) =>
      gateway.spec.listeners
        .filter((one) => one.port === door.port && isServed(seen, gateway, one))
        .map((listener) => ({ gateway, listener })),
    );
    if (served.length === 0) {
      trip.way.stop('notListening');
      return { kind: 'refused', afterMs: door.spentMs, hops: trip.way.hops, node: door.machine.name };
    }
    const asked = this.asked();
    const hostnameOf = ({ listener }: (typeof served)[number]): string =>
      (listener.hostname ?? '').toLowerCase();
    const met = narrowest(served, hostnameOf, asked.host).flatMap((at) => this.metAt(seen, at));
    const chosen = chosenOf(met, asked);
    if (chosen === undefined) return this.answered(404, 'noRoute');
    const filters = chosen.rule.filters ?? [];
    const redirect = filters.find((one) => one.requestRedirect !== undefined)?.requestRedirect;
    if (redirect === undefined) return this.passed(chosen, asked, this.drawn(chosen), seen);
    const isTls = served.some(({ listener }) => listener.protocol === 'HTTPS');
    const entry = { scheme: isTls ? 'https' : 'http', host: asked.host, port: door.port };
    const location = locationOf(redirect, entry, asked.path, chosen.match);
    return { ...this.answered(redirect.statusCode ?? 302), location };
  }

  private get pod(): string {
    const { podNamespace, podName } = this.door.container;
    return `${podNamespace}/${podName}`;
  }

  private asked(): Asked {
    const { headers = {}, host, path } = this.trip.target;
    return {
      host: (headers['host'] ?? host).replace(/:\d+$/, '').toLowerCase(),
      path,
      method: headers[':method'] ?? 'GET',
      headers,
    };
  }

  /** Routes that a listener takes. */
  private metAt(
    seen: ReturnType<typeof seenAt>,
    { gateway, listener }: { readonly gateway: Gateway; readonly listener: Listener },
  ): Met[] {
    return seen.routes.flatMap((route) => {
      const isTaken = (route.spec.parentRefs ?? []).some(
        (ref) =>
          gatewayOf(seen, route, ref) === gateway &&
          attached(seen, gateway, route, ref).listeners.includes(listener),
      );
      if (!isTaken) return [];
      return meetingNames(listener.hostname, route.spec.hostnames).map((hostname) => ({ route, hostname }));
    });
  }

  /** One of a rule's backends, by their weights; undefined: it has none that takes requests. */
  private drawn({ rule }: Chosen): BackendRef | undefined {
    const refs = rule.backendRefs ?? [];
    const total = refs.reduce((sum, { weight = 1 }) => sum + weight, 0);
    let left = total === 0 ? 0 : Math.floor(this.trip.env.random() * total);
    return total === 0 ? undefined : refs.find(({ weight = 1 }) => (left -= weight) < 0);
  }

  /** Passes the request on, to another endpoint where one fails. */
  private passed(
    { route, rule, match }: Chosen,
    { path, headers }: Asked,
    ref: BackendRef | undefined,
    seen: ReturnType<typeof seenAt>,
  ): RequestOutcome {
    const { trip, door } = this;
    const { world, random } = trip.env;
    if (ref === undefined) return this.answered(500, 'invalidBackend');
    const namespace = ref.namespace ?? route.metadata.namespace!;
    if (unresolvedBackend(seen, route, ref) !== undefined) {
      trip.way.reach('service', `${namespace}/${ref.name}`);
      return this.answered(500, 'invalidBackend');
    }
    const port = seen.service(namespace, ref.name)!.spec.ports!.find((one) => one.port === ref.port)!;
    const left = candidates(viewAt(world, this.knows).slices(namespace, ref.name), port).filter((one) =>
      isReady(one.endpoint),
    );
    if (left.length === 0) {
      trip.way.reach('service', `${namespace}/${ref.name}`);
      return this.answered(503, 'noReadyEndpoints');
    }
    const timeoutMs = timeoutOf(rule) ?? TIMEOUT_MS;
    const sandbox = door.machine.sandboxes.get(door.podUid);
    const onward: Trip = {
      ...trip,
      source: { machine: door.machine, podUid: door.podUid, address: sandbox?.ip ?? '' },
      from: { namespace: door.container.podNamespace, pod: door.container.podName },
      target: { ...trip.target, ...filtered(rule.filters ?? [], { path, headers }, match) },
      timeoutMs,
    };
    let spentMs = door.spentMs;
    for (;;) {
      const [target] = left.splice(Math.floor(random() * left.length), 1);
      const outcome = this.send(onward, { machine: door.machine, sandbox }, target!);
      const failure = failureOf(outcome, { connectTimeoutMs: timeoutMs, readTimeoutMs: timeoutMs });
      spentMs += failure.spentMs;
      if (spentMs > trip.timeoutMs) {
        trip.way.stop('tooSlow');
        return { ...outcome, kind: 'timedOut', afterMs: trip.timeoutMs, hops: trip.way.hops };
      }
      if (failure.status === undefined) return { ...outcome, afterMs: spentMs };
      if (left.length > 0 && spentMs < timeoutMs) continue;
      const { pod = this.pod, node = door.machine.name } = outcome;
      const { status } = failure;
      const { hops } = trip.way;
      return { kind: 'answered', status, body: pageOf(status), afterMs: spentMs, hops, pod, node };
    }
  }

  /** It answers itself. */
  private answered(status: number, obstacle?: Obstacle): RequestOutcome & { kind: 'answered' } {
    const { way } = this.trip;
    const { container, machine, spentMs } = this.door;
    if (obstacle !== undefined) way.stop(obstacle);
    return {
      kind: 'answered',
      status,
      body: pageOf(status),
      afterMs: spentMs + addedMs(container),
      hops: way.hops,
      node: machine.name,
      pod: this.pod,
    };
  }
}

/** What comes of a request that has come to a Pod that routes by Gateways. */
export const throughGateway = (trip: Trip, door: GatewayDoor, send: Send): RequestOutcome =>
  new Passage(trip, door, send).outcome();
