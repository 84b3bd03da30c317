/** Claims on the clients' requests that look ahead: most failures leave no entry in the history. */
import { describe, expect, it } from 'vitest';
import type { SentRequests } from '../../drivers/driver.ts';
import { Scenario } from '../scenario.ts';
import { traffic } from './traffic.ts';
import type { View } from './types.ts';

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]}
`;

const DENIED = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: denied}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

const base = new Scenario()
  .say('Given a cluster with 1 node')
  .say('And the manifest:', POD)
  .say('And every pod is ready')
  .say('And a client sends 3 requests per second to "http://web/"');
const down = base.fork().say('When 10 seconds pass').say('And node "node-1" loses power');

describe('a claim on requests to come', () => {
  it('holds while nothing fails, from the first moment on', () => {
    expect(() => base.fork().say('Then for 1 minute no request failed')).not.toThrow();
    expect(() => base.fork().say('Then for 1 minute at least 100% of requests succeeded')).not.toThrow();
  });

  it('breaks at the very request that is one too many', () => {
    expect(() => down.fork().say('Then for 1 minute at most 20 requests failed')).toThrow(
      /first broken at \[0:00:\d\d(\.\d)?\]\. Found: 21 of 21 requests failed/,
    );
    expect(() => down.fork().say('Then for 5 seconds at most 20 requests failed')).not.toThrow();
  });

  it('comes to hold by its share of requests, not before one is sent', () => {
    const ailing = base.fork().say('When node "node-1" loses power').say('And the moment "dark"');
    ailing.say('And 10 seconds pass').say('And node "node-1" is powered on');
    const before = ailing.cluster.now;
    ailing.say('Then within 10 minutes at least 90% of requests succeeded');
    // Requests fail until the node is up: ten times as many are needed.
    expect(ailing.cluster.now - before).toBeGreaterThan(60_000);
    expect(() => ailing.say('Then since "dark" at least 95% of requests succeeded')).toThrow(
      'requests failed',
    );
  });

  it('tells once what is told in the same words, whichever node the requests came by', () => {
    const scene = new Scenario().say('Given a cluster with 3 nodes').say('And the manifest:', POD);
    scene.say('And every pod is ready').say('And 2 seconds pass');
    scene.say('And I run "kubectl label pod web app=web"').say('And I run "kubectl expose pod web"');
    scene.say('And 2 seconds pass').say('And the manifest:', DENIED).say('And 2 seconds pass');
    scene.say('And a client sends 5 requests per second to "http://web/"').say('When 20 seconds pass');
    expect(() => scene.say('Then no request failed')).toThrow(
      /: \d+× timed out, the network policies of pod default\/web do not let the client in(?!;)/,
    );
  });

  it('counts all that failed, though only the first are listed', () => {
    const client: SentRequests = {
      url: 'http://web/',
      namespace: 'default',
      startedAt: 0,
      perSecond: 1000,
      sent: 20_000,
      failed: 15_000,
      failures: Array.from({ length: 10_000 }, (_, i) => ({ at: i + 1, outcome: 'refused' })),
      outages: [{ fromMs: 1, toMs: 15_001 }],
    };
    const view = {
      at: 20_000,
      driver: { network: { clients: () => [client] } },
      span: { from: 1, fromAt: 0, to: 1, history: [] },
    } as unknown as View;
    const { holds, found } = traffic.evaluate({ claim: 'traffic', atMostFailed: 14_999 }, view);
    expect([holds, found('en')]).toEqual([
      false,
      '15000 of 20000 requests failed, the first at 0.0 s (refused)',
    ]);
    expect(traffic.evaluate({ claim: 'traffic', atMostFailed: 15_000 }, view).holds).toBe(true);
  });

  it('is a mistake where no client has sent any', () => {
    const silent = new Scenario().say('Given a cluster with 1 node').say('When 1 second passes');
    expect(() => silent.say('Then no request failed')).toThrow('no client has sent a request');
  });
});
