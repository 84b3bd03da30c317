/** What `stress` and its like use, as told. Sources: stress(1), stress-ng(1), github.com/vishh/stress. */
import { wholeValue } from '../../api/quantity.ts';
import type { ImageBehaviour } from '../world.ts';
import { flagOf, type ProgramStart } from './entry.ts';

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const WORKER_BYTES = 256 * 2 ** 20;
/** What the program needs itself. */
const OWN_BYTES = 2 ** 20;
/** What a worker takes that allocates, and sleeps. */
const HANGING_MILLI = 50;

const scaled = (text: string | undefined, units: Readonly<Record<string, number>>): number | undefined => {
  const [, number, unit] = /^([0-9.]+)([a-z]?)/i.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * (units[unit!.toLowerCase()] ?? 1);
};

const uses = (bytes: number, cpuMilli: number): ImageBehaviour => ({
  startupMs: 100,
  listens: [],
  memory: String(Math.round(bytes)),
  ...(cpuMilli === 0 ? {} : { cpu: `${cpuMilli}m` }),
});

/** `stress --cpu 2 --vm 1 --vm-bytes 150M --vm-hang 1 --timeout 60s` */
export function stressStarted({ argv }: ProgramStart): ImageBehaviour | undefined {
  const workers = (...names: readonly string[]): number => Number(flagOf(argv, ...names) ?? 0) || 0;
  const vm = workers('--vm', '-m');
  const busy = workers('--cpu', '-c') + workers('--io', '-i') + workers('--hdd', '-d');
  if (vm + busy === 0) return undefined;
  const each = scaled(flagOf(argv, '--vm-bytes'), UNITS) ?? WORKER_BYTES;
  const hangs = argv.some((word) => word.startsWith('--vm-hang') || word === '--vm-keep');
  const seconds = scaled(flagOf(argv, '--timeout', '-t'), SECONDS);
  return {
    ...uses(OWN_BYTES + vm * each, busy * 1000 + vm * (hangs ? HANGING_MILLI : 1000)),
    logs: [
      `stress: info: [1] dispatching hogs: ${workers('--cpu', '-c')} cpu, ${workers('--io', '-i')} io, ` +
        `${vm} vm, ${workers('--hdd', '-d')} hdd`,
    ],
    ...(seconds === undefined ? {} : { exits: { afterMs: seconds * 1000, code: 0 } }),
  };
}

/** `/stress -cpus 2 -mem-total 150Mi` */
export function vishStarted({ argv }: ProgramStart): ImageBehaviour {
  const cpus = Number(flagOf(argv, '-cpus', '--cpus') ?? 0) || 0;
  const total = flagOf(argv, '-mem-total', '--mem-total');
  return uses(OWN_BYTES + (total === undefined ? 0 : wholeValue(total)), cpus * 1000);
}
