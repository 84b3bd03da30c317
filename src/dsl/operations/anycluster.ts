import type { OperationFamily } from '../types.ts';
import type { AnyClusterOperation } from './operation.ts';

export const anyCluster: OperationFamily<AnyClusterOperation> = {
  op: 'anyCluster',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'any cluster of {int:min} to {int:max} nodes',
      ja: '{min}台から{max}台のノードを持つ任意のクラスター',
      about: 'a property scenario: the claims are held against many clusters',
    },
  ],
};
