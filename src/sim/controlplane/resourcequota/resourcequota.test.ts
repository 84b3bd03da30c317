import { describe, expect, it } from 'vitest';
import { harness } from '../../harness/harness.ts';
import { testPod } from '../../harness/objects.ts';
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
  const used = (h: ReturnType<typeof harness>): unknown =>
    h.api.get('ResourceQuota', 'default', 'q').status.used;

  it('counts what the namespace uses', () => {
    const h = harness([resourceQuotaController]);
    for (const o of [
      sized('a', '250m'),
      sized('b', '1'),
      sized('done', '4', { phase: 'Succeeded' }),
      testPod('elsewhere', { namespace: 'other' }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'default' } },
      quota({ pods: '5', 'requests.cpu': '4', 'limits.cpu': '8', configmaps: '3', 'count/pods': '9' }),
    ])
      h.put(o);
    h.run();
    expect(used(h)).toStrictEqual({
      pods: '2',
      'requests.cpu': '1250m',
      'limits.cpu': '2',
      configmaps: '1',
      'count/pods': '3',
    });
  });

  it('follows pods that come, end and go, and writes nothing else', () => {
    const h = harness([resourceQuotaController]);
    h.put(quota({ pods: '5' }));
    h.run();
    h.put(testPod('a'));
    h.put(testPod('b'));
    h.run();
    const seen = [used(h)];
    const a = h.api.get('Pod', 'default', 'a');
    h.api.updateStatus({ ...a, status: { ...a.status, phase: 'Failed' } } as Pod);
    h.run();
    seen.push(used(h));
    h.api.delete('Pod', 'default', 'b');
    h.run();
    seen.push(used(h));
    expect(seen).toStrictEqual([{ pods: '2' }, { pods: '1' }, { pods: '0' }]);
    const before = h.writes.length;
    h.put(testPod('a', { phase: 'Failed', ready: false }));
    h.pass(100_000);
    expect(h.writes.length).toBe(before);
  });

  it('stops counting a pod that outstays its grace period', () => {
    const h = harness([resourceQuotaController]);
    h.put(quota({ pods: '5' }));
    h.put(testPod('lost', { node: 'n' }));
    h.run();
    h.api.delete('Pod', 'default', 'lost');
    h.pass(20_000);
    expect(used(h)).toStrictEqual({ pods: '1' });
    h.pass(60_000);
    expect(used(h)).toStrictEqual({ pods: '0' });
  });

  it('takes over new hard limits', () => {
    const h = harness([resourceQuotaController]);
    h.put(quota({ pods: '5' }));
    h.run();
    const q = h.api.get('ResourceQuota', 'default', 'q');
    h.api.update({ ...q, spec: { hard: { pods: '2', secrets: '1' } } });
    h.run();
    expect(h.api.get('ResourceQuota', 'default', 'q').status).toStrictEqual({
      hard: { pods: '2', secrets: '1' },
      used: { pods: '0', secrets: '0' },
    });
  });
});
