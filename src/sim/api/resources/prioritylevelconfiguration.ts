/**
 * PriorityLevelConfigurations. Models pkg/registry/flowcontrol/prioritylevelconfiguration and
 * pkg/apis/flowcontrol/{v1,validation}.
 */
import type { IPriorityLevelConfiguration } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1';
import { fill, fillZero, into, isNil } from '../defaults/fill.ts';
import { generations } from '../strategy/generation.ts';
import { ageOf } from '../table/age.ts';
import { AGE, column, created, NAME, NONE } from '../table/column.ts';
import type { Modelled } from '../types.ts';
import {
  forbidden,
  invalidValue,
  nonNegative,
  required,
  unsupported,
  type Causes,
} from '../validation/field.ts';
import { ruled } from '../validation/rules.ts';
import { defineResource } from './definition.ts';

type PriorityLevel = Modelled<IPriorityLevelConfiguration>;

function validateSpec({ spec }: PriorityLevel, out: Causes): void {
  const { type, limited, exempt } = spec;
  if (type !== 'Limited' && type !== 'Exempt') {
    out.push(unsupported('spec.type', type ?? '', ['Exempt', 'Limited']));
    return;
  }
  if (type === 'Exempt') {
    if (!isNil(limited)) out.push(forbidden('spec.limited', 'must be nil if the type is not Limited'));
    nonNegative(exempt?.nominalConcurrencyShares, 'spec.exempt.nominalConcurrencyShares', out);
    return;
  }
  if (!isNil(exempt)) out.push(forbidden('spec.exempt', 'must be nil if the type is Limited'));
  if (isNil(limited)) {
    out.push(required('spec.limited', 'must not be empty when type is Limited'));
    return;
  }
  nonNegative(limited.nominalConcurrencyShares, 'spec.limited.nominalConcurrencyShares', out);
  const { lendablePercent: lendable } = limited;
  if (!isNil(lendable) && (lendable < 0 || lendable > 100))
    out.push(invalidValue('spec.limited.lendablePercent', lendable, 'must be between 0 and 100, inclusive'));
  const { type: response, queuing } = limited.limitResponse ?? {};
  const field = 'spec.limited.limitResponse';
  if (response !== 'Queue' && response !== 'Reject')
    out.push(unsupported(`${field}.type`, response ?? '', ['Queue', 'Reject']));
  else if (response === 'Reject' && !isNil(queuing))
    out.push(forbidden(`${field}.queuing`, 'must be nil if limited.limitResponse.type is not Limited'));
  else if (response === 'Queue' && isNil(queuing))
    out.push(required(`${field}.queuing`, 'must not be empty if limited.limitResponse.type is Limited'));
}

export const priorityLevelConfigurations = defineResource<PriorityLevel>({
  group: 'flowcontrol.apiserver.k8s.io',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  namespaced: false,
  simulated: 'stored',
  subresources: { status: true },
  generation: true,
  defaults: (level) =>
    into(fill(level, { spec: {} as typeof level.spec }), 'spec', (spec) =>
      into(
        into(spec.type === 'Exempt' ? fill(spec, { exempt: {} }) : spec, 'exempt', (exempt) =>
          fill(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 }),
        ),
        'limited',
        (limited) =>
          into(fill(limited, { nominalConcurrencyShares: 30, lendablePercent: 0 }), 'limitResponse', (r) =>
            into(r, 'queuing', (queuing) =>
              fillZero(queuing, { handSize: 8, queues: 64, queueLengthLimit: 50 }),
            ),
          ),
      ),
    ),
  strategy: generations({}),
  validation: ruled(validateSpec, { namespaced: false }),
  columns: [
    NAME,
    column('Type'),
    column('NominalConcurrencyShares'),
    column('Queues'),
    column('HandSize'),
    column('QueueLengthLimit'),
    AGE,
  ],
  row(l, { now }) {
    const { limited, exempt, type } = l.spec;
    const queuing = limited?.limitResponse?.queuing;
    return [
      l.metadata.name,
      type,
      String((limited ?? exempt)?.nominalConcurrencyShares ?? NONE),
      String(queuing?.queues ?? NONE),
      String(queuing?.handSize ?? NONE),
      String(queuing?.queueLengthLimit ?? NONE),
      ageOf(created(l), now),
    ];
  },
});
