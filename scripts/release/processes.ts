/** What the release check starts: the command as users do, and scripts of this project. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'seatrial.mjs');

export interface Ended {
  /** Null of one that was killed. */
  readonly code: number | null;
  /** Standard output alone. */
  readonly stdout: string;
  /** Both, as they came. */
  readonly output: string;
}

/** What the command says of itself where it is at fault. */
export const DEFECT = 'a defect of Seatrial';

async function node(
  args: readonly string[],
  started: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString();
      output += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, output }));
    started(child);
  });
}

/** @param started given the process, to end it */
export const seatrial = async (
  args: readonly string[],
  started?: (child: ChildProcess) => void,
): Promise<Ended> => node([BIN, ...args], started);

/** The same with more memory, for a run of every feature. */
export const seatrialOnAll = async (args: readonly string[]): Promise<Ended> =>
  node(['--max-old-space-size=4096', BIN, ...args]);

/** @param file under `scripts` */
export const script = async (file: string, ...args: readonly string[]): Promise<Ended> =>
  node(['--import', 'tsx', join('scripts', file), ...args]);

/** The last line that a script says, which tells what it came to. */
export const lastLine = ({ stdout }: Ended): string => stdout.trimEnd().split('\n').at(-1)!.trim();
