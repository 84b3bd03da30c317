import { expect, it } from 'vitest';
import type { Operation } from '../dsl/operations/operation.ts';
import { recoveryMs } from './recovery.ts';

const MINUTE = 60_000;
const scene = (manifest: string): readonly Operation[] => [
  { op: 'cluster', nodes: 3 },
  { op: 'manifest', text: manifest },
];
const workload = (kind: string, spec: string, podSpec = ''): string =>
  `{apiVersion: apps/v1, kind: ${kind}, metadata: {name: web}, spec: {${spec} template: {spec: ` +
  `{${podSpec} containers: []}}}}`;

it('is twenty minutes for what asks for nothing out of the ordinary', () => {
  expect(recoveryMs(scene(workload('Deployment', 'replicas: 8,')))).toBe(20 * MINUTE);
  expect(recoveryMs(scene(workload('Deployment', '', 'terminationGracePeriodSeconds: 10,')))).toBe(
    20 * MINUTE,
  );
});

it('grows with minReadySeconds and long grace periods, a step a replica or node', () => {
  expect(recoveryMs(scene(workload('Deployment', 'replicas: 8, minReadySeconds: 60,')))).toBe(28 * MINUTE);
  const slow = workload('StatefulSet', 'replicas: 2,', 'terminationGracePeriodSeconds: 330,');
  expect(recoveryMs(scene(slow))).toBe(30 * MINUTE);
  expect(recoveryMs(scene(workload('DaemonSet', 'minReadySeconds: 60,')))).toBe(23 * MINUTE);
});

it('goes by the slowest of several workloads', () => {
  const both = [
    workload('Deployment', 'replicas: 2, minReadySeconds: 60,'),
    workload('Deployment', 'replicas: 3, minReadySeconds: 60,'),
  ].join('\n---\n');
  expect(recoveryMs(scene(both))).toBe(23 * MINUTE);
});
