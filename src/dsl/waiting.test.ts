import { standardKit } from './kit.ts';
import { expect, it } from 'vitest';
import { simulate } from '../drivers/simulated.ts';
import { play } from './interpreter.ts';
import type { Operation } from './operations/operation.ts';
import { clusterOf, createSession } from './session.ts';
import { laggards, watchLaggards } from './waiting.ts';

const workload = (kind: string, rest: string): string => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${kind.toLowerCase()}}
spec:${rest}
  selector: {matchLabels: {app: ${kind}}}
  template:
    metadata: {labels: {app: ${kind}}}
    spec: {containers: [{name: c, image: nginx:1.25}]}
`;

it('what is late is the same counted change by change and counted anew', () => {
  const session = createSession({
    kit: standardKit,
    seed: 1,
    files: { readFile: () => '' },
    createDriver: simulate,
  });
  const documents = [
    workload('Deployment', '\n  replicas: 3'),
    workload('StatefulSet', '\n  replicas: 2\n  serviceName: s'),
    workload('DaemonSet', ''),
  ];
  play(session, { op: 'clusterOf', nodes: [{ name: 'node-1' }, { name: 'node-2' }] });
  const lagging = watchLaggards(session);
  const cluster = clusterOf(session);
  let lags = 0;
  const follow = (operation: Operation): void => {
    play(session, operation);
    cluster.runUntil(() => {
      const late = laggards(session).length > 0;
      expect(lagging()).toBe(late);
      lags += late ? 1 : 0;
      return false;
    }, 120_000);
  };
  follow({ op: 'manifest', text: documents.join('---\n') });
  expect(laggards(session)).toEqual([]);
  follow({ op: 'kubectl', lines: ['delete pod statefulset-0 --wait=false'] });
  follow({ op: 'fault', fault: { kind: 'NodePowerLoss', node: 'node-2' } });
  follow({ op: 'kubectl', lines: ['set image deployment/deployment c=nginx:1.16'] });
  expect(lags).toBeGreaterThan(20);
});
