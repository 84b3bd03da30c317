/** The programs that containers have, by name, a file a family. */
import type { Program } from '../call.ts';
import { imagePrograms } from './agnhost.ts';
import { checksumPrograms } from './checksums.ts';
import { clientPrograms } from './clients.ts';
import { columnPrograms } from './columns.ts';
import { filePrograms } from './files.ts';
import { findPrograms } from './find.ts';
import { grepPrograms } from './grep.ts';
import { httpPrograms } from './http.ts';
import { kubectl } from './kubectl.ts';
import { busyboxServers, netPrograms } from './net.ts';
import { outputPrograms } from './output.ts';
import { packagePrograms } from './packages.ts';
import { processPrograms } from './processes.ts';
import { awkPrograms } from './awk.ts';
import { sedPrograms } from './sed.ts';
import { tarPrograms } from './tar.ts';
import { testPrograms } from './test.ts';
import { textPrograms } from './text.ts';
import { unplayedPrograms } from './unplayed.ts';

const PROGRAMS_BY_NAME: ReadonlyMap<string, Program> = new Map(
  [
    awkPrograms,
    checksumPrograms,
    columnPrograms,
    filePrograms,
    findPrograms,
    grepPrograms,
    httpPrograms,
    netPrograms,
    outputPrograms,
    packagePrograms,
    processPrograms,
    sedPrograms,
    tarPrograms,
    testPrograms,
    textPrograms,
    unplayedPrograms,
  ].flatMap((family) => Object.entries(family)),
);

export const isShell = (name: string): boolean => /^(?:a|ba|da)?sh$/.test(name);

/**
 * Undefined: there is none of that name.
 * @param busybox whether the image's programs are BusyBox'
 * @param own names of programs that the image alone has
 */
export const programNamed = (
  name: string,
  busybox = false,
  own: readonly string[] = [],
): Program | undefined =>
  PROGRAMS_BY_NAME.get(name) ??
  (own.includes(name)
    ? name === 'kubectl'
      ? kubectl
      : (imagePrograms[name] ?? clientPrograms[name])
    : undefined) ??
  (busybox && Object.hasOwn(busyboxServers, name) ? busyboxServers[name] : undefined);

/** What can be executed in a container, by name. */
export const PROGRAMS: readonly string[] = [...PROGRAMS_BY_NAME.keys(), 'sh']
  .filter((name) => /^\w/.test(name))
  .sort();
