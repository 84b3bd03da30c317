import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster, type ClusterApi } from '../../cluster.ts';
import { setContainerFault } from '../../node/index.ts';
import type { RuntimeContainer } from '../../node/world.ts';
import { type LookUp } from './lookup.ts';
import { outcomeText, request, type RequestOutcome } from '../index.ts';
import { resolvedFrom } from '../request.ts';
import type { NetworkEnv, Origin } from '../types.ts';

const CLIENT: Origin = { namespace: 'default', pod: 'client' };
const SECOND = 1_000;

function pod(name: string, spec: object = {}): object {
  const containers = [{ name: 'main', image: 'nginx', ports: [{ containerPort: 80 }] }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: { containers, ...spec },
  };
}

const service = (name: string, spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec,
});

let base: ClusterApi;
beforeAll(() => {
  const cluster = Cluster.create({
    seed: 1,
    nodes: [{ name: 'plane', controlPlane: true }, { name: 'node-1' }, { name: 'node-2' }],
  });
  const ports = [{ port: 80 }];
  for (const object of [
    pod('server'),
    pod('client'),
    pod('quick', {
      dnsConfig: {
        options: [
          { name: 'timeout', value: '1' },
          { name: 'attempts', value: '3' },
        ],
      },
    }),
    pod('apart', { dnsPolicy: 'Default' }),
    pod('direct', { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } }),
    service('web', { selector: { app: 'server' }, ports }),
    service('pods', { selector: { app: 'server' }, ports, clusterIP: 'None' }),
    service('far', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' }),
  ])
    cluster.client().create(object as never);
  cluster.pass(60 * SECOND);
  base = cluster;
});

const env = ({ world, now }: ClusterApi, agent?: string): NetworkEnv => ({
  world,
  now,
  random: () => 0,
  hop: () => 1,
  ...(agent === undefined ? {} : { agent }),
});
const look = (c: ClusterApi, name: string, from = CLIENT): LookUp => resolvedFrom(env(c), from, name);
const ask = (c: ClusterApi, url: string, from = CLIENT, timeoutMs?: number): RequestOutcome =>
  request(env(c), from, url, timeoutMs);
const servers = ({ world }: ClusterApi): RuntimeContainer[] =>
  [...world.machines.peek().values()].flatMap(({ containers }) =>
    [...containers.values()].filter(({ name, state }) => name === 'coredns' && state === 'running'),
  );
const hung = (): ClusterApi => {
  const c = base.fork();
  for (const { podUid } of servers(c)) setContainerFault(c, { podUid, container: 'coredns' }, 'hang');
  return c;
};

describe('a name', () => {
  it('of a Service, of those behind it, and of another Service is found by way of the searches', () => {
    const { clusterIP } = base.client().get('Service', 'default', 'web').spec;
    const { podIP } = base.client().get('Pod', 'default', 'server').status;
    expect(look(base, 'web').ips).toEqual([clusterIP]);
    expect(look(base, 'web.default.svc.cluster.local.').ips).toEqual([clusterIP]);
    expect(look(base, 'pods').ips).toEqual([podIP]);
    expect(look(base, 'far').ips).toEqual([clusterIP]);
  });

  it('takes a question for each full name until one is known', () => {
    const [first, second, third] = ['web', 'web.default', 'kubernetes.default.svc'].map((n) => look(base, n));
    expect(second!.afterMs).toBe(2 * first!.afterMs);
    expect(third!.afterMs).toBe(3 * first!.afterMs);
  });

  it('is unknown to those who do not ask the cluster, and asked for as it is without searches', () => {
    const [apart, direct] = ['apart', 'direct'].map((name) => ({ namespace: 'default', pod: name }));
    expect(look(base, 'web', apart).ips).toEqual([]);
    expect(look(base, 'web.default.svc.cluster.local', direct).ips).toHaveLength(1);
    expect(outcomeText(ask(base, 'http://web/', apart))).toBe('not resolved');
  });

  it('is waited for twice five seconds where nobody answers, and as long as options say', () => {
    const c = hung();
    expect(look(c, 'web')).toMatchObject({ ips: [], failed: 'timedOut', afterMs: 10 * SECOND });
    expect(look(c, 'web', { namespace: 'default', pod: 'quick' }).afterMs).toBe(3 * SECOND);
    const outcome = ask(c, 'http://web/');
    expect(outcomeText(outcome)).toBe('not resolved');
    expect(outcome.hops.map(({ place, name }) => `${place} ${name}`).slice(0, 3)).toEqual([
      'name web',
      expect.stringMatching(/^node node-/),
      'service kube-system/kube-dns',
    ]);
    expect(outcome.hops.at(-1)).toMatchObject({ place: 'pod', obstacle: 'noAnswer' });
    expect(outcomeText(ask(c, 'http://web/', CLIENT, 3 * SECOND))).toBe('timed out');
  });

  it('is given up at once where no Pod is there to ask', () => {
    const c = base.fork();
    c.client().scale('Deployment', 'kube-system', 'coredns', 0);
    c.pass(30 * SECOND);
    const outcome = ask(c, 'http://web/');
    expect(outcome).toMatchObject({ kind: 'notResolved' });
    expect(outcome.afterMs).toBeLessThan(SECOND);
    expect(outcome.hops.at(-1)).toMatchObject({ place: 'service', obstacle: 'noEndpoints' });
    const { clusterIP } = c.client().get('Service', 'default', 'web').spec;
    expect(outcomeText(ask(c, `http://${clusterIP}/`))).toBe('200');
  });

  it('goes with an error from one full name to the next', () => {
    const c = base.fork();
    for (const { podUid } of servers(c))
      setContainerFault(c, { podUid, container: 'coredns' }, 'error', { status: 500 });
    expect(look(c, 'web')).toMatchObject({ ips: [], failed: 'serverFailed' });
  });
});

describe('a server', () => {
  it('keeps what it answered for half a minute, in forks too, where somebody really asked', () => {
    const c = base.fork();
    const { clusterIP } = c.client().get('Service', 'default', 'web').spec;
    expect(look(c, 'web').ips).toEqual([clusterIP]);
    c.client().delete('Service', 'default', 'web');
    c.pass(SECOND);
    expect(look(c, 'web').ips).toEqual([]);
    const kept = base.fork();
    const config = kept.client().get('ConfigMap', 'kube-system', 'coredns');
    const corefile = config.data!['Corefile']!.replace(/ {\n\s+disable success[^}]+}/, '');
    expect(corefile).toContain('cache 30\n');
    kept.client().update({ ...config, data: { Corefile: corefile } });
    kept.pass(180 * SECOND);
    resolvedFrom(env(kept, 'test'), CLIENT, 'web');
    kept.client().delete('Service', 'default', 'web');
    kept.pass(29 * SECOND);
    const fork = kept.fork();
    expect([kept, fork].map((one) => look(one, 'web').ips)).toEqual([[clusterIP], [clusterIP]]);
    fork.pass(SECOND);
    expect([kept, fork].map((one) => look(one, 'web').ips)).toEqual([[clusterIP], []]);
  });
});
