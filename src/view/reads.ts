/** Lines of kubectl that change nothing. */
import { InputError } from '../dsl/errors.ts';

const READS = [
  'get',
  'describe',
  'logs',
  'events',
  'top',
  'explain',
  'api-resources',
  'api-versions',
  'api-versions',
  'version',
  'rollout status',
  'rollout history',
];

/** Without the word `kubectl` in front. */
export const bareLine = (line: string): string => line.trim().replace(/^kubectl\s+/, '');

/** @param line with or without `kubectl` in front */
export const isRead = (line: string): boolean =>
  READS.some((verb) => bareLine(line) === verb || bareLine(line).startsWith(`${verb} `));

/** @throws InputError for a line that would change something */
export function refuseWrites(line: string): void {
  if (!isRead(line)) throw new InputError(`only what reads can be asked of the past: ${READS.join(', ')}`);
}
