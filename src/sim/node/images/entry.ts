/** What the catalogue says of an image, from the image's own documentation. */
import type { ImageBehaviour } from '../world.ts';

/** How a container's program is started. */
export interface ProgramStart {
  /** What the container's spec puts behind the image's ENTRYPOINT, or in its place. */
  readonly argv: readonly string[];
  /** The argv stands in place of the ENTRYPOINT. */
  readonly ownCommand: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** Content of a file that the program reads at its start; undefined when there is none. */
  read(path: string): string | undefined;
  /** Names in a directory, sorted. */
  list(directory: string): readonly string[];
  /** Where disks of claims are mounted. */
  readonly disks: readonly string[];
  /** Whether a volume is at a directory, above it or in it. */
  mounted(directory: string): boolean;
  /** Nothing can be written but what is mounted. */
  readonly readOnlyRoot: boolean;
  /** The number of the user that it runs as; undefined: the image's. */
  readonly user: number | undefined;
  /** Capabilities that are taken from it: `CHOWN`. */
  readonly lacks: readonly string[];
  /** Ports that the container declares and that its probes ask. */
  readonly ports: readonly number[];
}

export interface CatalogueEntry {
  /** What a container does that runs the image as it is. */
  readonly image: ImageBehaviour;
  /**
   * Base names of commands that are the image's own program; a container with another command runs a program
   * that nobody described.
   */
  readonly commands?: readonly string[];
  /** Its USER; `0` where it has none; absent: it differs by tag. */
  readonly user?: string;
  /** What args that begin with a flag or a URL are put behind. */
  readonly entrypoint?: readonly string[];
  /** What it runs where there are no args, of a program that the shell plays. */
  readonly cmd?: readonly string[];
  /** All args are put behind it: they are its subcommands. */
  readonly subcommands?: true;
  /** Nothing is in it but its own program: no shell, none of the usual programs. */
  readonly bare?: true;
  /** Names of programs that the image alone has, and that the shell plays. */
  readonly programs?: readonly string[];
  /** Its ENTRYPOINT runs what stands in args, unless that is a flag (`exec "$@"`). */
  readonly runsArguments?: boolean;
  /** What command line, environment and files change of it; undefined: nothing. */
  readonly started?: (start: ProgramStart) => ImageBehaviour | undefined;
}

export type Catalogue = Readonly<Record<string, CatalogueEntry>>;

/** The value of a flag: `--port=80`, `--port 80`, `-port=80`; undefined when it is not given. */
export function flagOf(argv: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = 0; i < argv.length; i++) {
    const [word, inline] = split(argv[i]!);
    if (!names.includes(word)) continue;
    return inline ?? argv[i + 1];
  }
  return undefined;
}

function split(word: string): [string, string | undefined] {
  const at = word.startsWith('-') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** The port of `:8080`, `0.0.0.0:8080` or `8080`; undefined when there is none. */
export function portOf(text: string | undefined): number | undefined {
  const found = /(?:^|:)([0-9]+)$/.exec(text ?? '');
  const port = Number(found?.[1]);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Why a server cannot make a file in a directory of its image, which root owns; undefined: it can. */
export function cannotWrite(
  { readOnlyRoot, user, mounted }: ProgramStart,
  directory: string,
): string | undefined {
  if (mounted(directory)) return undefined;
  if (readOnlyRoot) return '30: Read-only file system';
  return user === undefined || user === 0 ? undefined : '13: Permission denied';
}

/** A program that ends at once, having said why. */
export const refusal = (logs: readonly string[], code = 1, afterMs = 100): ImageBehaviour => ({
  listens: [],
  logs,
  exits: { afterMs, code },
});
