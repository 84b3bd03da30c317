import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/types.ts';
import type { Machine } from '../world.ts';
import { containerOrder, oomScoreAdj } from './containerorder.ts';

const container = (resources?: object): never =>
  ({
    name: 'web',
    image: 'nginx:1',
    ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }],
    resources,
  }) as never;
const pod = (qosClass: string, spec: object = {}): Pod =>
  ({ metadata: { name: 'p', namespace: 'default' }, spec, status: { qosClass } }) as never;

describe('the score by which the kernel chooses whom to kill', () => {
  it.each([
    ['Guaranteed', '1Gi', {}, -997],
    ['BestEffort', undefined, {}, 1000],
    ['Burstable', '1Gi', {}, 750],
    ['Burstable', '4Gi', {}, 3],
    ['Burstable', '1Ki', {}, 999],
    ['Burstable', undefined, {}, 999],
    ['BestEffort', undefined, { priority: 2_000_001_000 }, -997],
  ])('%s, requesting %s of 4Gi, %j: %i', (qos, memory, spec, score) => {
    expect(
      oomScoreAdj(pod(qos, spec), container({ requests: memory === undefined ? {} : { memory } }), '4Gi'),
    ).toBe(score);
  });
});

const NOTHING = { mounts: [], environment: {} };

it('what is not asked for is nothing', () => {
  const machine = { capacity: { memory: '4Gi' } } as Machine;
  expect(containerOrder(machine, pod('BestEffort'), container(), 'containers', 2, NOTHING)).toEqual({
    name: 'web',
    image: 'nginx:1',
    init: false,
    attempt: 2,
    ports: [80],
    command: [],
    ownCommand: false,
    stdin: false,
    ends: false,
    memoryLimit: 0,
    cpuRequestMilli: 0,
    cpuLimitMilli: 0,
    oomScoreAdj: 1000,
    sharesPids: false,
    mounts: [],
    environment: {},
    account: 'default',
    workingDir: '/',
    readOnlyRoot: false,
  });
  expect(
    containerOrder(
      machine,
      pod('Burstable', { hostPID: true }),
      container({ requests: { cpu: '1.5' }, limits: { cpu: 2, memory: '1Mi' } }),
      'initContainers',
      0,
      NOTHING,
    ),
  ).toMatchObject({
    init: true,
    memoryLimit: 1024 * 1024,
    cpuRequestMilli: 1500,
    cpuLimitMilli: 2000,
    sharesPids: true,
  });
});

it('what is there to end is an init container, unless it is a sidecar, and what a Job runs', () => {
  const machine = { capacity: { memory: '4Gi' } } as Machine;
  const job = { ownerReferences: [{ kind: 'Job', controller: true }] };
  const ends = (init: boolean, restartPolicy?: string, metadata: object = {}): boolean =>
    containerOrder(
      machine,
      { ...pod('BestEffort', { containers: [] }), metadata } as never,
      { ...(container() as object), restartPolicy } as never,
      init ? 'initContainers' : 'containers',
      0,
      NOTHING,
    ).ends;
  expect([ends(true), ends(true, 'Always'), ends(false), ends(false, undefined, job)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
