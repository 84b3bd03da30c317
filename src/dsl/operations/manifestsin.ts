import { filenameOf, isKustomization } from '../../kubectl/index.ts';
import { inlined, manifestFiles } from '../inlinemanifests.ts';
import { applyManifests, documentsIn } from '../applymanifests.ts';
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
      about:
        '`kubectl apply` of a file or folder, by its path from the feature file; of a folder with a ' +
        'kustomization, what kustomize makes of it',
    },
  ],
  play({ path }, { session }) {
    const { files } = session.options;
    const argv = ['apply', ...(isKustomization(path, files) ? ['-k', path] : ['-f', filenameOf(path)])];
    applyManifests(session, argv, documentsIn(path, files));
  },
  selfContained: ({ path }, files) => ({
    op: 'manifest',
    text: inlined(manifestFiles(path, files).map(({ text }) => text)),
  }),
};
