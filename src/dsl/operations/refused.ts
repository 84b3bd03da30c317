import type { FaultCatalogue } from '../../chaos/catalogue.ts';
import { filenameOf } from '../../kubectl/index.ts';
import { ClaimError } from '../errors.ts';
import { tryKubectl } from '../operator.ts';
import { driverOf } from '../session.ts';
import type { Files, OperationFamily } from '../types.ts';
import type { ManifestOperation, RefusedOperation } from './operation.ts';
import { manifestsIn } from './manifestsin.ts';

/** Manifests of a file or a folder. @throws InputError for one that is not there */
function textIn(path: string, files: Files, faults: FaultCatalogue): string {
  const manifests = manifestsIn.selfContained!({ op: 'manifestsIn', path }, files, faults);
  return (manifests as ManifestOperation).text;
}

export const refused: OperationFamily<RefusedOperation> = {
  op: 'refused',
  role: 'judge',
  keyword: 'Then',
  phrases: [
    {
      en: 'the manifest is refused with {string:saying}:',
      ja: '次のマニフェストは{saying}というエラーで拒否される:',
      about: '`kubectl apply` of the doc string, which must fail with a message that holds this part',
      docString: 'text',
    },
    {
      en: 'the manifest(s) in {string:path} is/are refused with {string:saying}',
      ja: '{path}のマニフェストは{saying}というエラーで拒否される',
      about: 'the same of a file or folder',
    },
  ],
  play({ text: manifest, path = '-', saying }, { session, text }) {
    // A file that is not there is a mistake, and no refusal.
    if (manifest === undefined) textIn(path, session.options.files, session.kit.faults);
    const { code, stdout, stderr } = tryKubectl(session, ['apply', '-f', filenameOf(path)], manifest);
    const printed = stderr.trim() || stdout.trim();
    if (code !== 0 && printed.includes(saying)) return;
    const found = code === 0 ? `it was accepted\n${printed}` : `it was refused with\n${printed}`;
    throw new ClaimError(`${text}\nIt does not hold. Found: ${found}`, {
      at: driverOf(session).now,
      claim: text,
      found,
      tables: '',
      causes: [],
      entry: undefined,
    });
  },
  selfContained: (operation, files, faults) =>
    operation.path === undefined
      ? operation
      : { op: 'refused', text: textIn(operation.path, files, faults), saying: operation.saying },
};
