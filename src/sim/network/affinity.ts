/**
 * Which backend a client goes on with (sessionAffinity ClientIP): by the rules of the node that it comes in
 * by, and for as long after its last connection as the Service says. Models the `recent` matches of
 * pkg/proxy/iptables/proxier.go.
 */
import type { Service } from '../api/types.ts';
import type { Backend } from './proxy.ts';
import type { NetworkEnv } from './types.ts';

/** @param address of the client, as the node sees it */
export function backendFor(
  { world, now, random, agent }: NetworkEnv,
  service: Service,
  backends: readonly Backend[],
  node: string,
  address: string,
): Backend {
  const any = (): Backend => backends[Math.floor(random() * backends.length)]!;
  if (service.spec.sessionAffinity !== 'ClientIP') return any();
  const { affinities } = world.network;
  const key = `${node} ${service.metadata.uid} ${address}`;
  const { timeoutSeconds = 10_800 } = service.spec.sessionAffinityConfig?.clientIP ?? {};
  const last = affinities.get(key);
  const known =
    last === undefined || now - last.at >= timeoutSeconds * 1000
      ? undefined
      : backends.find(({ ip, port }) => last.to === `${ip}:${port}`);
  const chosen = known ?? any();
  // Who only looks leaves nothing behind.
  if (agent !== undefined) affinities.set(key, { to: `${chosen.ip}:${chosen.port}`, at: now });
  return chosen;
}
