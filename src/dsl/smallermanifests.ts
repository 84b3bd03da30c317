/** Smaller manifests: without an object, with fewer replicas, without a container. */
import { inlined } from './inlinemanifests.ts';
import { Document, isMap, isSeq, parseAllDocuments } from 'yaml';

const read = (text: string): Document.Parsed[] => {
  const documents = parseAllDocuments(text, { version: '1.1' });
  return (Array.isArray(documents) ? documents : []).filter(
    (d) => d.errors.length === 0 && isMap(d.contents),
  ) as Document.Parsed[];
};

const print = (documents: readonly Document.Parsed[]): string =>
  inlined(documents.map((d) => String(d).replace(/^---\n/, '')));

/** The manifest with a change in one of its documents; undefined where there is nothing to change. */
function changed(text: string, index: number, change: (d: Document.Parsed) => boolean): string[] {
  const documents = read(text);
  return change(documents[index]!) ? [print(documents)] : [];
}

const CONTAINERS = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
];

/** Candidates, the greatest steps first. */
export function* smallerManifests(text: string): Generator<string> {
  const documents = read(text);
  if (documents.length > 1)
    for (let i = 0; i < documents.length; i += 1) yield print(documents.filter((_, j) => j !== i));
  for (const [i, d] of documents.entries()) {
    const replicas = d.getIn(['spec', 'replicas']);
    if (typeof replicas === 'number' && replicas > 1) {
      for (const n of new Set([1, replicas - 1]))
        yield* changed(text, i, (c) => (c.setIn(['spec', 'replicas'], n), true));
    }
    for (const path of CONTAINERS) {
      const containers = d.getIn(path);
      if (!isSeq(containers) || containers.items.length < 2) continue;
      for (let k = 0; k < containers.items.length; k += 1)
        yield* changed(text, i, (c) => c.deleteIn([...path, k]));
    }
  }
}
