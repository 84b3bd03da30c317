import { mustKubectl } from '../operator.ts';
import { smallerManifests } from '../smallermanifests.ts';
import type { OperationFamily } from './types.ts';

/** Manifests in YAML or JSON, applied. */
export interface ManifestOperation {
  readonly op: 'manifest';
  readonly text: string;
}

export const manifest: OperationFamily<ManifestOperation> = {
  op: 'manifest',
  role: 'scene',
  keyword: 'Given',
  phrases: [
    {
      en: 'the manifest:',
      ja: '次のマニフェスト:',
      about: "`kubectl apply` of the doc string; fails with the API server's message and the line",
      docString: 'text',
    },
  ],
  play: ({ text }, { session }) => mustKubectl(session, ['apply', '-f', '-'], text),
  shrink: { smallerWorld: (o) => [...smallerManifests(o.text)].map((text) => ({ ...o, text })) },
};
