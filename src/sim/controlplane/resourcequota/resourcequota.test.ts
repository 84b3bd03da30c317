import { describe, expect, it } from 'vitest';
import { bench, testPod } from '../bench.ts';
import type { Pod } from '../../api/types.ts';
import { resourceQuotaController } from './resourcequota.ts';

const quota = (hard: Record<string, string>, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q', namespace: 'default' },
  spec: { hard, ...spec },
  status: {},
});
const sized = (name: string, cpu: string, extra: Parameters<typeof testPod>[1] = {}): object =>
  testPod(name, {
    ...extra,
    spec: {
      containers: [{ name: 'c', image: 'i', resources: { requests: { cpu }, limits: { cpu: '1' } } }],
      ...extra.spec,
    },
  });

describe('resource quota', () => {
  const used = (b: ReturnType<typeof bench>): unknown =>
    b.api.get('ResourceQuota', 'default', 'q').status.used;

  it('counts what the namespace uses', () => {
    const b = bench(resourceQuotaController);
    for (const o of [
      sized('a', '250m'),
      sized('b', '1'),
      sized('done', '4', { phase: 'Succeeded' }),
      testPod('elsewhere', { namespace: 'other' }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'default' } },
      quota({ pods: '5', 'requests.cpu': '4', 'limits.cpu': '8', configmaps: '3', 'count/pods': '9' }),
    ])
      b.put(o);
    b.run();
    expect(used(b)).toStrictEqual({
      pods: '2',
      'requests.cpu': '1250m',
      'limits.cpu': '2',
      configmaps: '1',
      'count/pods': '3',
    });
  });

  it('follows pods that come, end and go, and writes nothing else', () => {
    const b = bench(resourceQuotaController);
    b.put(quota({ pods: '5' }));
    b.run();
    b.put(testPod('a'));
    b.put(testPod('b'));
    b.run();
    const seen = [used(b)];
    const a = b.api.get('Pod', 'default', 'a');
    b.api.updateStatus({ ...a, status: { ...a.status, phase: 'Failed' } } as Pod);
    b.run();
    seen.push(used(b));
    b.api.delete('Pod', 'default', 'b');
    b.run();
    seen.push(used(b));
    expect(seen).toStrictEqual([{ pods: '2' }, { pods: '1' }, { pods: '0' }]);
    const before = b.writes.length;
    b.put(testPod('a', { phase: 'Failed', ready: false }));
    b.run(100_000);
    expect(b.writes.length).toBe(before);
  });

  it('stops counting a pod that outstays its grace period', () => {
    const b = bench(resourceQuotaController);
    b.put(quota({ pods: '5' }));
    b.put(testPod('lost', { node: 'n' }));
    b.run();
    b.api.delete('Pod', 'default', 'lost');
    b.run(20_000);
    expect(used(b)).toStrictEqual({ pods: '1' });
    b.run(60_000);
    expect(used(b)).toStrictEqual({ pods: '0' });
  });

  it('takes over new hard limits', () => {
    const b = bench(resourceQuotaController);
    b.put(quota({ pods: '5' }));
    b.run();
    const q = b.api.get('ResourceQuota', 'default', 'q');
    b.api.update({ ...q, spec: { hard: { pods: '2', secrets: '1' } } });
    b.run();
    expect(b.api.get('ResourceQuota', 'default', 'q').status).toStrictEqual({
      hard: { pods: '2', secrets: '1' },
      used: { pods: '0', secrets: '0' },
    });
  });
});
