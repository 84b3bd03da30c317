/** Manifests of files as the text of one doc string: what they say, whatever the files look like. */
import { isKustomization, kustomized } from '../kubectl/index.ts';
import { InputError } from './errors.ts';
import { readInput } from './session.ts';
import type { Files } from './types.ts';

/** A block scalar that keeps the empty lines behind it (`|+`): there the end of a text is part of a value. */
const KEEPS_ITS_END = /[|>]\d?\+/;

/** Without the empty lines around it, its first line indented as it was. */
function bare(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '');
  return KEEPS_ITS_END.test(lines) ? lines : lines.trimEnd();
}

/** @example inlined(['kind: Pod\n', 'kind: Node\n']) // 'kind: Pod\n---\nkind: Node' */
export const inlined = (texts: readonly string[]): string =>
  texts
    .map(bare)
    .map((text, i) => (i === texts.length - 1 || text.endsWith('\n') ? text : `${text}\n`))
    .join('---\n');

/** What kustomize makes of a folder. @throws InputError */
function rendered(folder: string, files: Files): string {
  try {
    return kustomized(folder, files);
  } catch (error) {
    throw new InputError(`${folder}: ${(error as Error).message}`);
  }
}

/**
 * The manifests of a file, or of a folder; of one with a kustomization, what that makes of them.
 * @throws InputError when one cannot be read
 */
export function manifestFiles(path: string, files: Files): { file: string; text: string }[] {
  if (isKustomization(path, files)) return [{ file: path, text: rendered(path, files) }];
  const names = files.list?.(path)?.filter((name) => /\.(ya?ml|json)$/.test(name));
  const paths = names === undefined ? [path] : names.map((name) => `${path}/${name}`);
  return paths.map((file) => ({ file, text: readInput(files, file) }));
}
