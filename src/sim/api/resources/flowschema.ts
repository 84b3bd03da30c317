/** FlowSchemas. Models pkg/registry/flowcontrol/flowschema and pkg/apis/flowcontrol/{v1,validation}. */
import type { IFlowSchema } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { generations } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import { invalidValue, required, unsupported } from '../validation/field.ts';
import { eachAt, pathName, ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type FlowSchema = Modelled<IFlowSchema>;

const PRECEDENCE = 1000;
const MAX_PRECEDENCE = 10_000;

export const flowSchemas = defineResource<FlowSchema>({
  group: 'flowcontrol.apiserver.k8s.io',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  namespaced: false,
  simulated: 'stored',
  subresources: { status: true },
  generation: true,
  defaults: (schema) =>
    into(fill(schema, { spec: {} as never }), 'spec', (spec) =>
      fillZero(spec, { matchingPrecedence: PRECEDENCE }),
    ),
  strategy: generations({}),
  validation: ruled<FlowSchema>(
    ({ spec }, out) => {
      const { matchingPrecedence: precedence = 0, distinguisherMethod: method } = spec;
      if (precedence <= 0)
        out.push(invalidValue('spec.matchingPrecedence', precedence, 'must be a positive value'));
      if (precedence > MAX_PRECEDENCE)
        out.push(
          invalidValue('spec.matchingPrecedence', precedence, `must not be greater than ${MAX_PRECEDENCE}`),
        );
      if (!isNil(method) && method.type !== 'ByNamespace' && method.type !== 'ByUser')
        out.push(unsupported('spec.distinguisherMethod', method, ['ByNamespace', 'ByUser']));
      pathName(
        spec.priorityLevelConfiguration?.name,
        'spec.priorityLevelConfiguration.name',
        out,
        'must reference a priority level',
      );
      eachAt(spec.rules, 'spec.rules', (rule, at) => {
        if ((rule.subjects ?? []).length === 0)
          out.push(required(`${at}.subjects`, 'subjects must contain at least one value'));
        if ((rule.resourceRules ?? []).length + (rule.nonResourceRules ?? []).length === 0)
          out.push(required(at, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
      });
    },
    { namespaced: false },
  ),
  columns: [
    NAME,
    column('PriorityLevel'),
    column('MatchingPrecedence', 'integer'),
    column('DistinguisherMethod'),
    AGE,
    column('MissingPL'),
  ],
  row: (s, { now }) => [
    s.metadata.name,
    s.spec.priorityLevelConfiguration.name,
    s.spec.matchingPrecedence ?? PRECEDENCE,
    s.spec.distinguisherMethod?.type ?? NONE,
    ageOf(created(s), now),
    s.status.conditions?.find((c) => c.type === 'Dangling')?.status ?? '?',
  ],
});
