/** The library of failures that comes with Seatrial. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFailure, type Failure } from '../../failures/failure.ts';
import { filesIn } from '../../files.ts';
import { PACKAGE } from '../place.ts';

/** A folder each. */
export const FAILURES = fileURLToPath(new URL('failures', PACKAGE));

/** In the order of their names. @param folder of their folders. @throws InputError */
export const libraryIn = (folder: string): Failure[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => statSync(join(folder, name)).isDirectory())
        .sort()
        .map((name) => readFailure(name, filesIn(join(folder, name))))
    : [];
