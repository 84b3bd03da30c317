import { describe, expect, it } from 'vitest';
import { Cluster, type ClusterApi } from '../cluster.ts';
import { killContainer, powerOff, powerOn } from '../node/index.ts';
import { addClient, type ClientManner, type ClientState } from './clients.ts';

const SECOND = 1_000;

const pod = (name: string, image: string, node: string, labels: object): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels },
  spec: { nodeName: node, containers: [{ name: 'main', image, ports: [{ containerPort: 80 }] }] },
});

/** A client of a Service with the Pods a and b, or of what answers late, that has sent for five seconds. */
function sending(manner: ClientManner, image = 'quick', perSecond = 10): { c: ClusterApi; client: string } {
  const c = Cluster.create({ seed: 1, nodes: 3, latencies: { proxySync: [5_000, 5_000] } });
  c.world.images.set('quick', { startupMs: 0, listens: [80] });
  c.world.images.set('late', { startupMs: 0, listens: [80], http: { '/': { status: 200, afterMs: 400 } } });
  for (const object of [
    pod('a', image, 'node-2', { app: 'web' }),
    pod('b', image, 'node-3', { app: 'web' }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
  ])
    c.client().create(object as never);
  c.pass(30 * SECOND);
  const client = addClient(c, 'http://web/', perSecond, 'default', manner);
  c.pass(5 * SECOND);
  return { c, client };
}

const stateOf = (c: ClusterApi, client: string): ClientState =>
  c.processes('client').find(({ name }) => name === client)!.state as ClientState;
/** The Pod at the other end of the connection that is open. */
const heldBy = (c: ClusterApi, client: string): { name: string; node: string; uid: string } => {
  const { podUid } = stateOf(c, client).connection!;
  const { metadata, spec } = c
    .client()
    .list('Pod')
    .find((one) => one.metadata.uid === podUid)!;
  return { name: metadata.name, node: spec.nodeName!, uid: metadata.uid };
};
const outcomes = (c: ClusterApi, client: string): string[] => [
  ...new Set(stateOf(c, client).failures.map(({ outcome, stop }) => `${outcome} ${stop?.obstacle}`)),
];

describe('a connection that is kept', () => {
  it('stays with its Pod, whatever endpoints say', () => {
    const { c, client } = sending({ keepAlive: true });
    const { name } = heldBy(c, client);
    c.client().patch('Pod', 'default', name, 'merge', { metadata: { labels: { app: null } } });
    c.pass(30 * SECOND);
    expect(heldBy(c, client).name).toBe(name);
    expect(stateOf(c, client).failed).toBe(0);
  });

  it('is closed by a process that ends, and another is opened', () => {
    const { c, client } = sending({ keepAlive: true });
    const before = stateOf(c, client).connection!.container;
    c.client().delete('Pod', 'default', heldBy(c, client).name);
    c.pass(60 * SECOND);
    expect(stateOf(c, client).connection!.container).not.toBe(before);
    expect(stateOf(c, client).sent).toBeGreaterThan(600);
  });

  it('is reset under a request that its process has accepted', () => {
    const { c, client } = sending({ keepAlive: true }, 'late', 2);
    const { uid } = heldBy(c, client);
    c.runUntil(() => c.pending().some(({ task }) => task.type === 'answer'), SECOND);
    killContainer(c, { podUid: uid, container: 'main' }, 1);
    c.pass(SECOND);
    expect(outcomes(c, client)[0]).toBe('reset endedMeanwhile');
  });

  it('says nothing of a machine that is off, and is reset by one that is back', () => {
    const { c, client } = sending({ keepAlive: true, timeoutMs: 60 * SECOND });
    const { node } = heldBy(c, client);
    c.pass(50);
    powerOff(c, node);
    c.pass(5 * SECOND);
    expect(stateOf(c, client).connection).toBeDefined();
    expect(stateOf(c, client).failed).toBe(0);
    const back = c.fork();
    powerOn(back, node);
    back.pass(60 * SECOND);
    expect(outcomes(back, client)).toContain('reset connectionBroken');
  });
});

describe('a client', () => {
  it('waits no longer than it says', () => {
    const { c, client } = sending({ timeoutMs: 200 }, 'late', 2);
    expect(outcomes(c, client)).toEqual(['timed out tooSlow']);
  });

  it('tries again what was refused, and counts it once', () => {
    const failed = [0, 5].map((retries) => {
      const { c, client } = sending({ retries, timeoutMs: SECOND });
      const podUid = c.client().get('Pod', 'default', 'a').metadata.uid;
      killContainer(c, { podUid, container: 'main' }, 1);
      const before = stateOf(c, client).sent;
      c.pass(SECOND);
      expect(stateOf(c, client).sent - before).toBeGreaterThanOrEqual(9);
      return stateOf(c, client).failed;
    });
    expect(failed[0]).toBeGreaterThan(0);
    expect(failed[1]).toBe(0);
  });
});
