/** What a benchmark gives, and how it is taken. */
import { readFileSync } from 'node:fs';
import { PACKAGE } from '../src/cli/place.ts';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly aim: string;
  readonly runs: number;
}

export const manifest = (path: string): string => readFileSync(new URL(`features/${path}`, PACKAGE), 'utf8');

export const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export const timed = (runs: number, once: () => number): number => median(Array.from({ length: runs }, once));
