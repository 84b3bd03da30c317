/** What command line, environment and files make of the program of a container that starts. */
import { FileView } from './files/view.ts';
import { catalogued } from './images/catalogue.ts';
import type { ProgramStart } from './images/entry.ts';
import { scriptFileOf } from './shell/program.ts';
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
  const [first = ''] = container.command;
  const { commands } = entry;
  if (container.ownCommand && commands?.includes(first.slice(first.lastIndexOf('/') + 1)) === false)
    return ASSUMED;
  return entry.started === undefined
    ? undefined
    : { ...entry.image, ...entry.started(startOf(container, view)) };
}

const startOf = (container: RuntimeContainer, view: FileView): ProgramStart => ({
  argv: container.command,
  ownCommand: container.ownCommand,
  environment: container.environment,
  ports: container.ports,
  read: (path) => view.read(path),
  list: (directory) => view.list(directory) ?? [],
});
