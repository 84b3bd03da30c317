/** What the release check starts: the command as users do, and scripts of this project. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  /** What of that no user may ever see. */
  readonly defects: readonly string[];
}

/** What the command says of itself where it is at fault, and the lines of a raw trace. */
const DEFECT = /a defect of Seatrial|^\s+at (?:.*\()?(?:file:|node:|\/)[^\n]*:\d+:\d+\)?$/;
/** How it ends then. */
const DEFECT_CODE = 70;

/** Of a trace, the line before it. */
function defectsOf(code: number | null, output: string): string[] {
  const lines = output.split('\n');
  const told = lines.filter(
    (line, i) => DEFECT.test(line) || (DEFECT.test(lines[i + 1] ?? '') && /^\s+at /.test(lines[i + 1]!)),
  );
  const first = told.filter((line) => !/^\s+at /.test(line));
  return code === DEFECT_CODE && first.length === 0 ? [`exit ${code}`] : first;
}

/** How it ended, and the end of what it said, to be read. */
export const told = ({ code, output, defects }: Ended): string =>
  [`exit ${code}`, ...defects, output.slice(-3000)].join('\n');

const TICKS_PER_SECOND = 100;

/** Seconds of CPU time of all that was started and has ended; undefined where no `/proc` tells. */
export function cpuOfChildren(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // cutime and cstime, proc_pid_stat(5), whose third field is the first here.
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

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
    child.on('close', (code) => resolve({ code, stdout, output, defects: defectsOf(code, output) }));
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
