import { wrong } from '../errors.ts';
import { readManifests } from '../../sim/api/manifest/read.ts';
import { applyManifests, documentsOf } from '../applymanifests.ts';
import { driverOf } from '../session.ts';
import { smallerManifests } from '../smallermanifests.ts';
import type { OperationFamily, Session } from '../types.ts';
import type { ManifestOperation } from './operation.ts';

/**
 * The API takes a Node of which nothing is known, and nothing ever runs on it: whoever writes one in a scene
 * wants a machine. @throws InputError
 */
function refuseBareNodes(session: Session, text: string): void {
  if (!/\bkind['"]?\s*:\s*['"]?Node\b/.test(text)) return;
  for (const { object, locate } of readManifests(text, 'STDIN')) {
    const name = String(object.metadata?.['name']);
    if (object.kind !== 'Node' || (object['status'] ?? undefined) !== undefined) continue;
    if (driverOf(session).client().find('Node', '', name) !== undefined) continue;
    const { line, column } = locate(['status'], 'value');
    throw wrong('bareNode', { line, column });
  }
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
  play({ text }, { session }) {
    refuseBareNodes(session, text);
    applyManifests(session, ['apply', '-f', '-'], documentsOf(text), text);
  },
  shrink: { smallerWorld: (o) => [...smallerManifests(o.text)].map((text) => ({ ...o, text })) },
};
