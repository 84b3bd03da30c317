/** Datagrams (UDP) to a Pod, straight or through a Service, and what answers to them. */
import type { Millis } from '../kernel/types.ts';
import { programOf } from '../node/images.ts';
import { containersOf } from '../node/world.ts';
import { endAt } from './arrive.ts';
import { resolve } from './dns/names.ts';
import { endpointAt } from './hostports.ts';
import { viewAt } from './routes.ts';
import { sourceOf } from './source.ts';
import { endOf, type Target, type Trip } from './trip.ts';
import type { NetworkEnv, Origin } from './types.ts';
import { viaService } from './via.ts';
import { Way } from './way.ts';

export type DatagramOutcome =
  | { readonly kind: 'answered'; readonly body: string; readonly afterMs: Millis }
  | { readonly kind: 'timedOut'; readonly afterMs: Millis };

/** Sends a datagram from a Pod and waits for one that comes back; whatever is in its way, nothing tells. */
export function datagramFrom(
  env: NetworkEnv,
  from: Origin,
  to: Pick<Target, 'host' | 'port'>,
  text: string,
  timeoutMs: Millis,
): DatagramOutcome {
  const nothing: DatagramOutcome = { kind: 'timedOut', afterMs: timeoutMs };
  const source = sourceOf(env, from);
  const found = resolve(env.world, viewAt(env.world, env.now), from.namespace, to.host);
  if (source === undefined || found === undefined) return nothing;
  const target: Target = { ...to, path: '/' };
  const trip: Trip = { env, source, from, target, timeoutMs, way: new Way(false) };
  const way =
    found.kind !== 'service'
      ? { from: endOf(source), to: endpointAt(env.world, found.ips[0]!, to.port, 'UDP') }
      : source.machine === undefined
        ? undefined
        : viaService(
            trip,
            source.machine,
            found.service,
            (p) => p.port === to.port && p.protocol === 'UDP',
            'internal',
          );
  if (way === undefined || 'outcome' in way) return nothing;
  const end = endAt(trip, way.from, way.to, 'UDP');
  if (end.outcome !== undefined || end.door.spentMs > timeoutMs) return nothing;
  const { machine, podUid, port, from: client, spentMs } = end.door;
  for (const container of containersOf(machine, podUid)) {
    if (container.state !== 'running' || programOf(env.world, container).datagrams !== port) continue;
    if (container.faults.has('hang')) return nothing;
    const body = answerTo(text.replace(/\n$/, ''), container.podName, client);
    return body === undefined ? nothing : { kind: 'answered', body, afterMs: spentMs };
  }
  return nothing;
}

/** Of netexec's UDP server (startUDPServer): it knows three words. */
function answerTo(text: string, hostname: string, from: string): string | undefined {
  if (/^hostname$/i.test(text)) return hostname;
  if (/^clientip$/i.test(text)) return `${from}:40000`;
  return /^echo (.*)$/is.exec(text)?.[1];
}
