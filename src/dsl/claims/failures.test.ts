/** How failed requests are told: at which place, by which node, because of what. */
import { describe, expect, it } from 'vitest';
import { Scenario } from '../scenario.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

const base = new Scenario()
  .say('Given a cluster with 2 nodes')
  .say('And the manifest:', WEB)
  .say('And every pod is ready')
  .say('And a client sends 20 requests per second to "http://web/"')
  .say('When 10 seconds pass');

/** What a scenario that fails says. */
function failureOf(scenario: Scenario, line: string): string {
  try {
    scenario.say(line);
  } catch (error) {
    return (error as Error).message;
  }
  return 'it held';
}

describe('requests that failed', () => {
  it('are told by the node that still routes to a Pod that is gone', () => {
    const stale = base
      .fork()
      .say('When kube-proxy of node "node-1" stops')
      .say('And every pod matching "app=web" is deleted')
      .say('And 30 seconds pass');
    const said = failureOf(stale, 'Then no request failed');
    expect(said).toMatch(/\d+× timed out, node node-1 still routes to pod default\/web-\S+, which is gone/);
    expect(said).toMatch(/marked for deletion|gone/);
  });

  it('are told of an outage, too, with what it came from', () => {
    const off = base.fork().say('When node "node-1" loses power').say('And 1 minute passes');
    for (const claim of ['at most 2 requests failed in a row', 'the longest outage was under 100ms']) {
      const said = failureOf(off, `Then ${claim}`);
      expect(said).toMatch(/failed in a row, for \S+ from \[0:\d\d:[\d.]+\]: timed out, node node-1 is off/);
      expect(said).toMatch(/node node-1 lost power\n.*step: node "node-1" loses power/);
    }
  });

  it('are told by the Service that has no endpoints', () => {
    const none = base.fork().say('When deployment "web" is scaled to 0').say('And 30 seconds pass');
    const said = failureOf(none, 'Then no request failed');
    expect(said).toMatch(/\d+× refused, service default\/web has no endpoints, as node node-\d knows it/);
    expect(failureOf(none, 'Then a request to "http://web/" answers 200')).toMatch(
      /it was refused.*; its way: client → node node-\d \(0 ms\) → service default\/web \(0 ms\): service/,
    );
  });

  it('are told by the node that is off', () => {
    const off = base.fork().say('When node "node-2" loses power').say('And 10 seconds pass');
    const said = failureOf(off, 'Then no request failed');
    expect(said).toContain('× timed out, node node-2 is off');
    expect(said).toContain('node node-2 lost power');
  });
});
