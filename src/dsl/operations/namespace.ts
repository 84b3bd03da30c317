import { mustKubectl } from '../operator.ts';
import { driverOf } from '../session.ts';
import type { OperationFamily } from '../types.ts';
import type { NamespaceOperation } from './operation.ts';

export const namespace: OperationFamily<NamespaceOperation> = {
  op: 'namespace',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'namespace {string:name}',
      ja: '名前空間{name}',
      about: 'created where there is none, and the default of the steps that follow',
    },
  ],
  play({ name }, { session }) {
    if (driverOf(session).client().find('Namespace', '', name) === undefined)
      mustKubectl(session, ['create', 'namespace', name]);
    session.namespace = name;
  },
};
