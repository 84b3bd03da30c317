/** Files that are written: whole or not at all, and what is wrong where that cannot be. */
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnwritableError } from '../dsl/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such folder',
  ELOOP: 'it is a link to itself',
  EFBIG: 'the file would be too large',
  EIO: 'the device does not answer rightly',
};

/** The error in words, where it is one of the file system's; undefined for any other. */
export function unwritable(path: string, error: unknown): UnwritableError | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (!(error instanceof Error) || code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  return new UnwritableError(`${path} cannot be written: ${REASONS[code] ?? error.message} (${code})`);
}

/** Writes, and says in words why it could not. @throws UnwritableError */
export function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw unwritable(path, error) ?? error;
  }
}

/** Makes a folder in one that is there; another process may have made it. */
function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

/** One by one: of many at once in a folder that is read-only, Node says that there is none (ENOENT). */
function makeFolders(path: string): void {
  if (!existsSync(dirname(path))) makeFolders(dirname(path));
  makeOne(path);
}

/** @throws UnwritableError */
export function makeFolder(path: string): void {
  writing(path, () => makeFolders(path));
}

/** What nobody but its owner may read; its folder is made. @throws UnwritableError */
export function writeSecret(path: string, text: string): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    writeFileSync(path, text, { mode: 0o600 });
  });
}

/**
 * Whoever reads the file sees the text before or this one, never a part; its folder is made. Devices and
 * pipes are written to. @throws UnwritableError
 */
export function writeWhole(path: string, text: string): void {
  writing(path, () => {
    makeFolders(dirname(path));
    const target = existsSync(path) ? realpathSync(path) : path;
    if (existsSync(target) && !statSync(target).isFile()) return writeFileSync(target, text);
    const part = `${target}.${process.pid}.part`;
    try {
      writeFileSync(part, text);
      renameSync(part, target);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  });
}
