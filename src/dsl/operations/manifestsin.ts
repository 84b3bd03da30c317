import { filenameOf } from '../../kubectl/index.ts';
import { inlined, manifestFiles } from '../inlinemanifests.ts';
import { mustKubectl } from '../operator.ts';
import type { OperationFamily } from '../types.ts';
import type { ManifestsInOperation } from './operation.ts';

export const manifestsIn: OperationFamily<ManifestsInOperation> = {
  op: 'manifestsIn',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'the manifest(s) in {string:path}',
      ja: '{path}のマニフェスト',
      about: '`kubectl apply` of a file or folder, by its path from the feature file',
    },
  ],
  play: ({ path }, { session }) => mustKubectl(session, ['apply', '-f', filenameOf(path)]),
  selfContained: ({ path }, files) => ({
    op: 'manifest',
    text: inlined(manifestFiles(path, files).map(({ text }) => text)),
  }),
};
