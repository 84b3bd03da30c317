/** Manifests as they are written, and as they are written with a change. */
import { stringify } from 'yaml';
import { readManifests, type ManifestDocument, type ManifestObject } from '../sim/api/manifest/read.ts';
import { changed } from './apply.ts';
import type { Change } from './edit.ts';

/** The objects of several texts, in their order. */
export interface Manifests {
  readonly objects: readonly ManifestObject[];
  readonly documents: readonly ManifestDocument[];
  /** Of each object, which of the texts it is in. */
  readonly texts: readonly number[];
  readonly sources: readonly string[];
}

/** @param names of the texts, for messages. @throws ManifestError for what kubectl cannot read */
export function manifestsOf(sources: readonly string[], names: readonly string[]): Manifests {
  const documents = sources.map((text, i) => readManifests(text, names[i] ?? 'STDIN'));
  return {
    objects: documents.flat().map((d) => d.object),
    documents: documents.flat(),
    texts: documents.flatMap((of, i) => of.map(() => i)),
    sources,
  };
}

/** As a document of a file. Strings that an older YAML reads as something else are quoted. */
export const yamlOf = (value: unknown): string =>
  stringify(value, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }).trimEnd();

/** The line at which a change's field stands, of a field that is not there the nearest one around it. */
export const lineOf = ({ documents }: Manifests, { object, at }: Pick<Change, 'object' | 'at'>): number =>
  at.length === 0 ? documents[object]!.line : documents[object]!.locate(at, 'key').line;

/** The texts with a change in them; those that it does not touch as they are. What is added stands last. */
export function textsWith(manifests: Manifests, change: Pick<Change, 'steps'>): string[] {
  const after = changed(manifests.objects, change);
  const { objects, texts, sources } = manifests;
  const added = after.slice(objects.length);
  return sources.map((source, i) => {
    const mine = objects.map((_, place) => place).filter((place) => texts[place] === i);
    const isLast = i === sources.length - 1;
    if (mine.every((place) => after[place] === objects[place]) && !(isLast && added.length > 0))
      return source;
    const rest = [...mine.map((place) => after[place]), ...(isLast ? added : [])];
    return rest
      .filter((o) => o !== undefined)
      .map(yamlOf)
      .join('\n---\n');
  });
}
