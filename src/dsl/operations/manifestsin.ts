import { filenameOf } from '../../kubectl/index.ts';
import { inlined } from '../inlinemanifests.ts';
import { mustKubectl } from '../operator.ts';
import { readInput } from '../session.ts';
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
  selfContained({ path }, files) {
    const names = files.list?.(path);
    const texts =
      names === undefined
        ? [readInput(files, path)]
        : names.filter((n) => /\.(ya?ml|json)$/.test(n)).map((n) => readInput(files, `${path}/${n}`));
    return { op: 'manifest', text: inlined(texts) };
  },
};
