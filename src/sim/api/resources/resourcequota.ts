/** ResourceQuotas. Models pkg/registry/core/resourcequota. */
import { fill, into } from '../defaults/fill.ts';
import { defaultResourceList } from '../defaults/resources.ts';
import { keepStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import type { ResourceQuota } from '../types.ts';
import { validateQuota, validateQuotaUpdate } from '../validation/quota.ts';
import { defineResource } from './definition.ts';

/** `pods: 2/4, …` of requests and of limits, which are told apart by their names. */
function usageTexts({ hard = {}, used = {} }: ResourceQuota['status']): [string, string] {
  const requests: string[] = [];
  const limits: string[] = [];
  for (const name of Object.keys(hard).sort()) {
    (name.startsWith('limits') ? limits : requests).push(
      `${name}: ${String(used[name] ?? '0')}/${String(hard[name])}`,
    );
  }
  return [requests.join(', '), limits.join(', ')];
}

export const resourceQuotas = defineResource<ResourceQuota>({
  group: '',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  shortNames: ['quota'],
  subresources: { status: true },
  defaults: (quota) =>
    into(fill(quota, { spec: {} }), 'spec', (spec) => into(spec, 'hard', defaultResourceList)),
  strategy: { create: (draft) => ({ ...draft, status: {} }), update: keepStatus },
  validation: { create: validateQuota, update: validateQuotaUpdate },
  columns: [NAME, column('Request'), column('Limit'), AGE],
  row: (q, { now }) => [q.metadata.name, ...usageTexts(q.status), ageOf(created(q), now)],
});
