/** IngressClasses. Models pkg/registry/networking/ingressclass and pkg/apis/networking/{v1,validation}. */
import { fill, into, isNil } from '../defaults/fill.ts';
import { generationsOnly } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import type { IngressClass } from '../types.ts';
import { validateDomainPath } from '../validation/domains.ts';
import { forbidden, problemsAt, required, tooLong, unsupported, type Causes } from '../validation/field.ts';
import { pathName, ruled } from '../validation/rules.ts';
import { labelProblems, subdomainProblems } from '../validation/text.ts';
import { defineResource } from './definition.ts';

type Parameters = NonNullable<IngressClass['spec']['parameters']>;

function validateParameters({ apiGroup, kind, name, scope, namespace }: Parameters, out: Causes): void {
  const field = 'spec.parameters';
  if (!isNil(apiGroup)) problemsAt(`${field}.apiGroup`, apiGroup, subdomainProblems(apiGroup), out);
  pathName(kind, `${field}.kind`, out);
  pathName(name, `${field}.name`, out);
  if (scope !== 'Cluster' && scope !== 'Namespace')
    out.push(unsupported(`${field}.scope`, scope, ['Cluster', 'Namespace']));
  else if (scope === 'Cluster') {
    if (!isNil(namespace))
      out.push(forbidden(`${field}.namespace`, "`parameters.scope` is set to 'Cluster'"));
  } else if (isNil(namespace))
    out.push(required(`${field}.namespace`, "`parameters.scope` is set to 'Namespace'"));
  else problemsAt(`${field}.namespace`, namespace, labelProblems(namespace), out);
}

function parametersText(parameters: Parameters | undefined): string {
  if (isNil(parameters)) return NONE;
  const { apiGroup, kind, name } = parameters;
  return `${kind}${isNil(apiGroup) ? '' : `.${apiGroup}`}/${name}`;
}

export const ingressClasses = defineResource<IngressClass>({
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  namespaced: false,
  generation: true,
  defaults: (c) =>
    into(fill(c, { spec: {} }), 'spec', (spec) =>
      into(spec, 'parameters', (parameters) => fill(parameters, { scope: 'Cluster' })),
    ),
  strategy: generationsOnly(),
  validation: ruled(
    ({ spec }, out) => {
      if ((spec.controller ?? '').length > 250) out.push(tooLong('spec.controller', 250));
      validateDomainPath(spec.controller, 'spec.controller', out);
      if (!isNil(spec.parameters)) validateParameters(spec.parameters, out);
    },
    { namespaced: false, immutable: { 'spec.controller': (c) => c.spec.controller } },
  ),
  columns: [NAME, column('Controller'), column('Parameters'), AGE],
  row: (c, { now }) => [
    c.metadata.name,
    c.spec.controller ?? '',
    parametersText(c.spec.parameters),
    ageOf(created(c), now),
  ],
});
