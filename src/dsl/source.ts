/** Where the text of a manifest was read. Whoever plays it knows the text alone, and tells places in that. */
import type { Position } from '../sim/api/manifest/errors.ts';

/** A file, and where in it a text begins. */
export interface Source extends Position {
  readonly file: string;
}

/** A message about a manifest, with the places in its file: `web.feature:12:15` instead of `STDIN:3:9`. */
export const placedIn = (message: string, { file, line, column }: Source): string =>
  message.replace(
    /\bSTDIN:(\d+):(\d+)/g,
    (_, lines: string, columns: string) =>
      `${file}:${Number(lines) + line - 1}:${Number(columns) + column - 1}`,
  );
