import { describe, expect, it } from 'vitest';
import type { Job, KubeObject } from '../types.ts';
import { BUILT_IN } from './index.ts';

import { createCauses, createdFrom, defaulted, updateCauses } from './testing.ts';

const draft = (spec: object = {}, template: object = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'count', namespace: 'default', uid: '', resourceVersion: '', creationTimestamp: '' },
  spec: {
    template: {
      metadata: { labels: { app: 'count' } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }], ...template },
    },
    ...spec,
  },
});
const fields = (object: KubeObject): string[] => createCauses(object).map((c) => c.field);

describe('a Job', () => {
  it('runs one Pod to its end unless told more', () => {
    const { spec, metadata } = defaulted(draft()) as Job;
    expect([spec.parallelism, spec.completions, spec.backoffLimit, spec.completionMode]).toEqual([
      1,
      1,
      6,
      'NonIndexed',
    ]);
    expect(metadata.labels).toEqual({ app: 'count' });
    // A number of workers alone makes a queue, which has no number of completions.
    expect((defaulted(draft({ parallelism: 3 })) as Job).spec.completions).toBeUndefined();
  });

  it('selects its own Pods by its uid', () => {
    const job = createdFrom(draft()) as Job;
    expect(job.spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': 'uid-1' } });
    expect(job.spec.template.metadata?.labels).toMatchObject({
      'controller-uid': 'uid-1',
      'job-name': 'count',
      app: 'count',
    });
    expect(createCauses(job)).toEqual([]);
    const manual = draft({ manualSelector: true, selector: { matchLabels: { app: 'other' } } });
    expect(fields(createdFrom(manual))).toEqual(['spec.template.metadata.labels']);
  });

  it('does not restart what has succeeded, and keeps its template', () => {
    expect(fields(createdFrom(draft({}, { restartPolicy: 'Always' })))).toEqual([
      'spec.template.spec.restartPolicy',
    ]);
    expect(fields(createdFrom(draft({ completionMode: 'Indexed', parallelism: 2 })))).toEqual([
      'spec.completions',
    ]);
    const old = createdFrom(draft()) as Job;
    const changed = (spec: object): string[] =>
      updateCauses({ ...old, spec: { ...old.spec, ...spec } }, old).map((c) => c.field);
    expect(changed({ parallelism: 2, suspend: true })).toEqual([]);
    expect(changed({ completions: 2 })).toEqual(['spec.completions']);
    expect(
      changed({ template: { ...old.spec.template, spec: { ...old.spec.template.spec, hostNetwork: true } } }),
    ).toEqual(['spec.template']);
  });

  it('says in its row how far it is', () => {
    const job = createdFrom(draft({ completions: 3 })) as Job;
    const row = (status: object): readonly unknown[] =>
      BUILT_IN.get('Job')
        .row(
          { ...job, metadata: { ...job.metadata, creationTimestamp: '2026-01-05T09:00:00Z' }, status },
          { now: 60_000, wide: false },
        )
        .slice(0, 4);
    expect(row({})).toEqual(['count', 'Running', '0/3', '']);
    expect(
      row({
        succeeded: 3,
        startTime: '2026-01-05T09:00:00Z',
        completionTime: '2026-01-05T09:00:42Z',
        conditions: [{ type: 'Complete', status: 'True' }],
      }),
    ).toEqual(['count', 'Complete', '3/3', '42s']);
  });
});
