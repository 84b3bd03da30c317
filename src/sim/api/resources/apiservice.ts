/**
 * APIServices. Models pkg/{registry/apiservice,apis/apiregistration} of staging/src/k8s.io/kube-aggregator.
 */
import type { IAPIService } from 'kubernetes-models/apiregistration.k8s.io/v1';
import { fill, into, isNil } from '../defaults/fill.ts';
import { keepStatus } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME } from '../table/column.ts';
import { rfc3339 } from '../time.ts';
import type { Modelled } from '../types.ts';
import { invalidValue, problemsAt, required, type Causes } from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { label1035Problems, portNumberProblems, subdomainProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

export type APIService = Modelled<IAPIService>;

function validateSpec({ metadata, spec }: APIService, out: Causes): void {
  const { group = '', version = '', service } = spec;
  if (metadata.name !== `${version}.${group}`)
    problemsAt(
      'metadata.name',
      metadata.name,
      [`must be \`spec.version+"."+spec.group\`: ${JSON.stringify(`${version}.${group}`)}`],
      out,
    );
  if (group === '' && version !== 'v1')
    out.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
  if (group !== '') problemsAt('spec.group', group, subdomainProblems(group), out);
  problemsAt('spec.version', version, label1035Problems(version), out);
  const priority = (name: 'groupPriorityMinimum' | 'versionPriority', limit: number): void => {
    if (spec[name] <= 0 || spec[name] > limit)
      out.push(invalidValue(`spec.${name}`, spec[name], `must be positive and less than ${limit}`));
  };
  priority('groupPriorityMinimum', 20_000);
  priority('versionPriority', 1000);
  if (isNil(service)) {
    if (spec.caBundle)
      out.push(
        invalidValue(
          'spec.caBundle',
          `${atob(spec.caBundle).length} bytes`,
          'local APIServices may not have a caBundle',
        ),
      );
    if (spec.insecureSkipTLSVerify === true)
      out.push(
        invalidValue(
          'spec.insecureSkipTLSVerify',
          true,
          'local APIServices may not have insecureSkipTLSVerify',
        ),
      );
    return;
  }
  for (const name of ['namespace', 'name'] as const)
    if (!service[name]) out.push(required(`spec.service.${name}`));
  const problems = portNumberProblems(service.port ?? 0);
  if (problems.length > 0)
    out.push(invalidValue('spec.service.port', service.port, `port is not valid: ${problems.join(', ')}`));
  if (spec.insecureSkipTLSVerify === true && spec.caBundle)
    out.push(invalidValue('spec.insecureSkipTLSVerify', true, 'may not be true if caBundle is present'));
}

function availableText({ status }: APIService): string {
  const condition = status.conditions?.find((c) => c.type === 'Available');
  if (condition === undefined) return 'Unknown';
  return condition.status === 'True' || !condition.reason
    ? condition.status
    : `${condition.status} (${condition.reason})`;
}

export const apiServices = defineResource<APIService>({
  group: 'apiregistration.k8s.io',
  kind: 'APIService',
  plural: 'apiservices',
  categories: ['api-extensions'],
  namespaced: false,
  subresources: { status: true },
  defaults: (s) =>
    into(fill(s, { spec: {} as typeof s.spec }), 'spec', (spec) =>
      into(spec, 'service', (service) => fill(service, { port: 443 })),
    ),
  strategy: {
    create: (draft, now) => ({
      ...draft,
      status: isNil(draft.spec?.service)
        ? {
            conditions: [
              {
                type: 'Available',
                status: 'True',
                reason: 'Local',
                message: 'Local APIServices are always available',
                lastTransitionTime: rfc3339(now),
              },
            ],
          }
        : {},
    }),
    update: keepStatus,
  },
  validation: ruled(validateSpec, { namespaced: false, name: () => [] }),
  columns: [NAME, column('Service'), column('Available'), AGE],
  row: (s, { now }) => [
    s.metadata.name,
    isNil(s.spec.service) ? 'Local' : `${s.spec.service.namespace}/${s.spec.service.name}`,
    availableText(s),
    ageOf(created(s), now),
  ],
});
