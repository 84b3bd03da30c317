/**
 * The log files of a server whose image links them to the container's output, where a volume is mounted over
 * those links: what the server writes is then in the volume, for a sidecar to read (nginx's image links
 * access.log and error.log of /var/log/nginx).
 */
import type { NodeEnv } from './env.ts';
import { fileSystemOf, PROBLEM_WORDS, type FileProblem } from './files/filesystem.ts';
import { FileView } from './files/view.ts';
import { bytesOf } from './files/tree.ts';
import type { LogFiles, Machine, RuntimeContainer, World } from './world.ts';

/** `errno.h`'s numbers, as nginx prints them. */
const ERRNO: Partial<Record<FileProblem, number>> = {
  ENOENT: 2,
  EACCES: 13,
  ENOTDIR: 20,
  EISDIR: 21,
  EROFS: 30,
};

/** Makes the files that are missing. @returns of the first that cannot be: what the server says */
export function openLogFiles(
  env: NodeEnv,
  machine: Machine,
  container: RuntimeContainer,
  files: LogFiles,
): string | undefined {
  const system = fileSystemOf(env, machine, container);
  for (const path of [files.error, files.access]) {
    const problem = system.write(path, '', { append: true });
    // A full disk has room for an empty file.
    if (problem === undefined || problem === 'ENOSPC') continue;
    return `open() "${path}" failed (${ERRNO[problem] ?? 5}: ${PROBLEM_WORDS[problem]})`;
  }
  return undefined;
}

/** Letters of a log file that are kept; of those before them only the bytes are. */
const KEPT_LETTERS = 200_000;

/** Appends lines to a log file; one that somebody has taken away is written no more. */
export function appendLines(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  path: string,
  lines: readonly string[],
): void {
  const view = new FileView(world, machine, container);
  const at = view.resolve(path);
  const file = at === undefined ? undefined : view.nodeAt(at);
  if (lines.length === 0 || file?.kind !== 'file') return;
  const added = lines.map((line) => `${line}\n`).join('');
  const content = file.content + added;
  const { layer, path: inLayer } = view.placeOf(at!);
  const isLong = content.length > 2 * KEPT_LETTERS;
  const bytes = (file.bytes ?? bytesOf(file.content)) + bytesOf(added);
  layer.own.set(inLayer, {
    ...file,
    content: isLong ? content.slice(content.indexOf('\n', content.length - KEPT_LETTERS) + 1) : content,
    ...(isLong || file.bytes !== undefined ? { bytes } : {}),
  });
}
