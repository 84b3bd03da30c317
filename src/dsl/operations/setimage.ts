import { wrong } from '../errors.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { workloadOfKind } from '../../sim/api/resources/workloads.ts';
import { mustKubectl, workloadArguments } from '../operator.ts';
import { driverOf, presentState } from '../session.ts';
import { getObject } from '../state.ts';
import { type OperationFamily } from '../types.ts';
import type { SetImageOperation } from './operation.ts';

export const setImage: OperationFamily<SetImageOperation> = {
  op: 'setImage',
  role: 'act',
  keyword: 'When',
  phrases: [
    {
      en: 'the image of {workload} is changed to {string:image}',
      ja: '{workload}のイメージを{image}に変更する',
      about: '`kubectl set image`',
    },
  ],
  play({ workload, image }, { session }) {
    const target = workloadArguments(session, workload);
    const { namespace, name } = splitName(workload.name, session.namespace);
    const definition = workloadOfKind(driverOf(session).resources, workload.kind);
    if ('kinds' in definition) throw wrong('noWorkload', definition);
    const object = getObject(presentState(session), definition.resource, namespace, name);
    const template = object === undefined ? undefined : definition.workload.template(object);
    const containers = template?.spec?.containers.map((c) => c.name) ?? [];
    if (containers.length > 1) {
      throw wrong('manyContainers', {
        kind: workload.kind,
        name,
        containers,
        line: `kubectl set image ${target[0]} ${containers[0]}=${image}`,
      });
    }
    mustKubectl(session, ['set', 'image', ...target, `${containers[0] ?? '*'}=${image}`]);
  },
};
