/** The command as users start it, for the release check. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'seatrial.mjs');

export interface Ended {
  /** Null of one that was killed. */
  readonly code: number | null;
  readonly output: string;
}

/** What the command says of itself where it is at fault. */
export const DEFECT = 'a defect of Seatrial';

/** @param started given the process, to end it. @param env more of the environment */
export async function seatrial(
  args: readonly string[],
  started: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
    started(child);
  });
}
