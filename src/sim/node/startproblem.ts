/**
 * Programs that cannot be started. Models what containerd and runc answer to StartContainer, as far as it is
 * known that a program is not there: in a volume, or in an image of which all programs are known. Of any
 * other image a program is taken to have what its spec asks for.
 */
import { allPrograms, isBare } from './images/catalogue.ts';
import { FileView } from './files/view.ts';
import { isDescribed } from './images.ts';
import { isProgram } from './shell/program.ts';
import type { Machine, RuntimeContainer, World } from './world.ts';

const EXECUTABLE = 0o111;

const refused = (why: string): string =>
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create ' +
  `failed: unable to start container process: error during container init: exec: ${why}: unknown`;

/**
 * Why a container's program cannot be started, in the runtime's words; undefined: it can, as far as is known.
 * @example startProblem(…) // '… exec: "serve": executable file not found in $PATH: unknown'
 */
export function startProblem(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
): string | undefined {
  const [first = ''] = container.command;
  const programs = isDescribed(world, container.image) ? undefined : allPrograms(container.image);
  const bare = isBare(container.image);
  // Where the image has an ENTRYPOINT, or may have, arguments are no program.
  if (first === '' || (!container.ownCommand && (programs === undefined || bare))) return undefined;
  if (!first.includes('/'))
    return programs === undefined || has(programs, first, bare) || container.environment['PATH'] !== undefined
      ? undefined
      : refused(`"${first}": executable file not found in $PATH`);
  const view = new FileView(world, machine, container);
  const path = first.startsWith('/') ? first : `${container.workingDir}/${first}`;
  const node = view.stat(path);
  const { mount, volume } = view.placeOf(view.resolve(path) ?? path);
  if (node?.kind === 'directory') return refused(`"${first}": is a directory`);
  if (node?.kind === 'file')
    return mount === undefined || (node.mode & EXECUTABLE) !== 0
      ? undefined
      : refused(`"${first}": permission denied`);
  const known =
    mount === undefined
      ? programs !== undefined && !has(programs, first, bare)
      : // What programs that nobody described write into a volume is not known.
        volume?.kind === 'own' && volume.projected && volume.files.has('/..data');
  return known ? refused(`"${first}": stat ${first}: no such file or directory`) : undefined;
}

const has = (programs: ReadonlySet<string>, path: string, bare: boolean): boolean =>
  (!bare && isProgram(path)) || programs.has(path.slice(path.lastIndexOf('/') + 1));
