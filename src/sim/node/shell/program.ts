/** What program a container runs: its image's own, or a shell command that its spec gives. */
import { behaviourOf } from '../images.ts';
import type { RuntimeContainer, World } from '../world.ts';
import { COMMANDS } from './commands.ts';

const SHELLS = ['sh', 'bash', 'ash'];
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the container's process is a shell command and not the image's server. */
export function runsShell(world: World, container: RuntimeContainer): boolean {
  if (container.program?.assumed === true) return false;
  const [first] = container.command;
  if (first !== undefined && (SHELLS.includes(baseName(first)) || COMMANDS.has(baseName(first)))) return true;
  return behaviourOf(world, container.image).shell === true;
}

/** The file that a shell is to run; undefined where its script is in the command line, or it is no shell. */
export function scriptFileOf([first = '', ...rest]: readonly string[]): string | undefined {
  if (!SHELLS.includes(baseName(first)) || rest.some((word) => /^-[a-z]*c$/.test(word))) return undefined;
  return rest.find((word) => !/^[-+]/.test(word));
}

/** The script that a command line amounts to: the text after `sh -c`, or the line itself, quoted. */
export function scriptOf(argv: readonly string[]): string {
  const [first, ...rest] = argv;
  if (first === undefined) return '';
  if (SHELLS.includes(baseName(first))) {
    const c = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
    return c >= 0 ? (rest[c + 1] ?? '') : '';
  }
  return argv
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
