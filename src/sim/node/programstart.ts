/** What command line, environment and files make of the program of a container that starts. */
import { isBelow } from './files/tree.ts';
import { FileView } from './files/view.ts';
import { catalogued, isDerived } from './images/catalogue.ts';
import type { CatalogueEntry, ProgramStart } from './images/entry.ts';
import { isProgram, scriptFileOf } from './shell/program.ts';
import type { ImageBehaviour, Machine, RuntimeContainer, World } from './world.ts';

/** A program that nobody described. */
const ASSUMED: ImageBehaviour = { assumed: true };

/** What the start changes of what a container's image says; undefined: nothing. */
export function programStarted(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
): ImageBehaviour | undefined {
  const entry = catalogued(container.image);
  const script = scriptFileOf(container.command);
  if (entry === undefined && script === undefined) return undefined;
  const view = new FileView(world, machine, container);
  // A script that nobody has seen is the image's, unless all that the image has is known.
  if (script !== undefined && entry?.image.shell !== true && view.read(script) === undefined) return ASSUMED;
  if (entry === undefined) return undefined;
  // A script may start the image's own program yet: what it says is run.
  if (!isOwnProgram(entry, container)) return isProgram(container.command[0] ?? '') ? undefined : ASSUMED;
  const changed = entry.started?.(startOf(machine, container, view));
  if (changed !== undefined) return { ...entry.image, ...changed };
  return isSetUpOtherwise(entry, container) ? ASSUMED : undefined;
}

/** Somebody's own make of an image, whose container declares none of the ports known of it. */
const isSetUpOtherwise = (
  { image: { listens } }: CatalogueEntry,
  { image, ports }: RuntimeContainer,
): boolean =>
  ports.length > 0 &&
  listens !== undefined &&
  !listens.some((port) => ports.includes(port)) &&
  isDerived(image);

/** The command line of a container's first process, as far as the catalogue knows the image's ENTRYPOINT. */
export function commandLine(
  image: string,
  command: readonly string[],
  ownCommand: boolean,
): readonly string[] {
  const [first] = command;
  if (ownCommand) return command;
  const { entrypoint, subcommands, cmd } = catalogued(image) ?? {};
  if (first === undefined) return cmd ?? command;
  return entrypoint !== undefined && (subcommands === true || /^-|:\/\//.test(first))
    ? [...entrypoint, ...command]
    : command;
}

/** Whether the container runs the image's own program, and not another one that its spec names. */
function isOwnProgram(
  { commands, runsArguments }: CatalogueEntry,
  { command, ownCommand }: RuntimeContainer,
): boolean {
  const [first] = command;
  if (commands === undefined || first === undefined) return true;
  if (!ownCommand && (runsArguments !== true || first.startsWith('-'))) return true;
  return commands.includes(first.slice(first.lastIndexOf('/') + 1));
}

const startOf = (machine: Machine, container: RuntimeContainer, view: FileView): ProgramStart => ({
  disks: container.mounts
    .filter((m) => machine.volumes.get(container.podUid)?.get(m.volume)?.kind === 'disk')
    .map((m) => m.path),
  argv: container.command,
  ownCommand: container.ownCommand,
  environment: container.environment,
  ports: container.ports,
  readOnlyRoot: container.readOnlyRoot,
  user: container.user,
  lacks: container.lacks ?? [],
  mounted: (directory) =>
    container.mounts.some(
      ({ path }) => path === directory || isBelow(path, directory) || isBelow(directory, path),
    ),
  read: (path) => view.read(path),
  list: (directory) => view.list(directory) ?? [],
});
