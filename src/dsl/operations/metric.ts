import { isQuantity } from '../../sim/api/quantity.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { simulationOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { MetricOperation } from './operation.ts';

export const metric: OperationFamily<MetricOperation> = {
  op: 'metric',
  role: 'scene',
  needs: () => 'simulation',
  keyword: 'Given',
  phrases: [
    {
      en: 'the metric {string:metric} is {string:value}',
      ja: 'メトリクス{metric}は{value}である',
      about: 'what autoscalers are told of an external metric, and of a metric of any pod; a quantity',
    },
    {
      en: 'the metric {string:metric} of {kind} {string:name} is {string:value}',
      ja: '{kind}{name}のメトリクス{metric}は{value}である',
      about: 'the same of a metric of an object',
    },
  ],
  play({ metric: named, value, kind, name }, { session }) {
    if (!isQuantity(value)) throw wrong('metricQuantity', { metric: named, value });
    const simulation = simulationOf(driverOf(session));
    if (kind === undefined || name === undefined) {
      simulation.declareMetric(named, value);
      return;
    }
    const at = splitName(name, session.namespace);
    simulation.declareMetric(named, value, `${kind}/${at.namespace}/${at.name}`);
  },
};
