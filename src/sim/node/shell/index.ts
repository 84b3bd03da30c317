/**
 * The shell of containers, as the rest of the node asks for it. All that it does stands behind `SHELL`: a
 * page loads it when the first container runs a script.
 */
import { type } from './descriptors.ts';
import { runShell, signalShell, startShell } from './interpreter.ts';
import { PROGRAMS as NAMES } from './programs/index.ts';

export const SHELL = { start: startShell, run: runShell, signal: signalShell, type };

/** What can be executed in a container, by name. */
export const PROGRAMS: readonly string[] = NAMES;
