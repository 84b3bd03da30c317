/**
 * Smaller manifests: without an object, with fewer replicas, without a container. Whatever applies can be
 * made smaller: texts are read as kubectl reads them.
 */
import { Document, isMap, isSeq, visit, type Node } from 'yaml';
import { toJson, type Complain } from '../sim/api/manifest/convert.ts';
import { parseYaml } from '../sim/api/manifest/parse.ts';
import { resolvePlain } from '../sim/api/manifest/scalars.ts';
import { inlined } from './inlinemanifests.ts';

type Path = readonly (string | number)[];

/** An object of a text, by the document it is in and its place there. */
interface Place {
  readonly document: number;
  /** Empty of one that is a document of its own. */
  readonly path: Path;
}

class NotYaml extends Error {}

const complain: Complain = (problem) => {
  throw new NotYaml(problem);
};

function hasAliases(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** What it says, without aliases, of which a part cannot be taken away alone. */
function expanded(document: Document): Document {
  const value = toJson(document, document.contents as Node | null, complain);
  const text = String(new Document(value, { aliasDuplicateObjects: false, version: '1.1' }));
  return parseYaml(text).documents[0]!;
}

/** The documents of a text that say something; none of one that kubectl cannot read. */
function read(text: string): Document[] {
  const documents = parseYaml(text).documents.filter((d) => isMap(d.contents));
  if (documents.some((d) => d.errors.length > 0)) return [];
  try {
    return documents.map((d) => (hasAliases(d) ? expanded(d) : d));
  } catch (error) {
    if (error instanceof NotYaml) return [];
    throw error;
  }
}

const print = (documents: readonly Document[]): string =>
  inlined(documents.map((d) => String(d).replace(/^---\n/, '')));

/** The objects of a document, those of lists each by itself. */
function placesIn(d: Document, document: number, path: Path = []): Place[] {
  const items = d.getIn([...path, 'items']);
  const isList = isSeq(items) && String(d.getIn([...path, 'kind'])).endsWith('List');
  return isList
    ? items.items.flatMap((_, i) => placesIn(d, document, [...path, 'items', i]))
    : [{ document, path }];
}

const CONTAINERS = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
];

/** Candidates, the greatest steps first. */
export function* smallerManifests(text: string): Generator<string> {
  const documents = read(text);
  const places = documents.flatMap((d, i) => placesIn(d, i));
  /** The text with a change in one of its documents. */
  const changed = (index: number, change: (d: Document) => void): string => {
    const again = read(text);
    change(again[index]!);
    return print(again);
  };
  if (places.length > 1)
    for (const { document, path } of places)
      yield path.length === 0
        ? print(documents.filter((_, i) => i !== document))
        : changed(document, (d) => d.deleteIn(path));
  for (const { document, path } of places) {
    const d = documents[document]!;
    const at = [...path, 'spec', 'replicas'];
    const replicas = resolvePlain(String(d.getIn(at)));
    if (typeof replicas === 'number' && replicas > 1)
      for (const n of new Set([1, replicas - 1])) yield changed(document, (c) => c.setIn(at, String(n)));
    for (const of of CONTAINERS) {
      const containers = d.getIn([...path, ...of]);
      if (!isSeq(containers) || containers.items.length < 2) continue;
      for (let k = 0; k < containers.items.length; k += 1)
        yield changed(document, (c) => c.deleteIn([...path, ...of, k]));
    }
  }
}
