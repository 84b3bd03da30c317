import type { OperationFamily } from '../types.ts';
import type { SkipUnsupportedOperation } from './operation.ts';

export const skipUnsupported: OperationFamily<SkipUnsupportedOperation> = {
  op: 'skipUnsupported',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'documents that are not simulated are left out',
      ja: 'シミュレートされない文書を除く',
      about:
        'manifests may hold kinds that a cluster does not serve, such as one of a ' +
        'CustomResourceDefinition; what was left out is told (`--skip-unsupported` likewise)',
    },
  ],
  play(_, { session }) {
    session.skipsUnsupported = true;
  },
};
