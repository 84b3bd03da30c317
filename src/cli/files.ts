/** Files that the commands write: whole or not at all, and what is wrong where that cannot be. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './exit.ts';

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

/** What a file could not be written for. */
export class UnwritableError extends UsageError {}

/** The error in words, where it is one of the file system's; undefined for any other. */
export function unwritable(path: string, error: unknown): UnwritableError | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (!(error instanceof Error) || code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  return new UnwritableError(`${path} cannot be written: ${REASONS[code] ?? error.message} (${code})`);
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw unwritable(path, error) ?? error;
  }
}

/** @throws UnwritableError */
export function makeFolder(path: string): void {
  writing(path, () => mkdirSync(path, { recursive: true }));
}

/** Whoever reads the file sees the text before or this one, never a part. @throws UnwritableError */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`;
  writing(path, () => {
    try {
      writeFileSync(part, text);
      renameSync(part, path);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  });
}
