import type { OperationFamily } from './types.ts';

/** Any number of nodes between two. */
export interface AnyClusterOperation {
  readonly op: 'anyCluster';
  readonly min: number;
  readonly max: number;
}

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
