/** What program a container runs: its image's own, or a shell command that its spec gives. */
import { programOf } from '../images.ts';
import type { RuntimeContainer, World } from '../world.ts';
import { PROGRAMS } from './index.ts';

const SHELLS = ['sh', 'bash', 'ash', 'dash'];
const NAMES = new Set([...PROGRAMS, ...SHELLS, '[']);
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Where distributions keep their programs: elsewhere, a program of the same name is the image's own. */
const DIRECTORIES = /^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$|^\/busybox\/[^/]+$|^[^/]+$/;

/** Whether the shell can run a program of this name. */
export const isProgram = (path: string): boolean => DIRECTORIES.test(path) && NAMES.has(baseName(path));

/** Whether the container's process is a shell command and not the image's server. */
export function runsShell(world: World, container: RuntimeContainer): boolean {
  if (container.program?.assumed === true) return false;
  const [first] = container.command;
  if (first !== undefined && isProgram(first)) return true;
  return programOf(world, container).shell === true;
}

/** The file that a shell is to run; undefined where its script is in the command line, or it is no shell. */
export function scriptFileOf([first = '', ...rest]: readonly string[]): string | undefined {
  if (!SHELLS.includes(baseName(first)) || rest.some((word) => /^-[a-z]*c$/.test(word))) return undefined;
  return rest.find((word) => !/^[-+]/.test(word));
}
