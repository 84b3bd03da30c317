/**
 * Virtual time as Kubernetes writes it. A run starts at a fixed moment, so that the same seed gives the same
 * bytes. `Date` is used only to format a given number, never to read a clock.
 */
import { remembered } from '../kernel/memo.ts';
import type { Millis } from '../kernel/types.ts';

/** What virtual time 0 is called in timestamps. */
export const EPOCH = Date.UTC(2026, 0, 5, 9, 0, 0);

/** Second precision, as `metav1.Time`: `2026-01-05T09:00:00Z`. */
export const rfc3339 = (at: Millis): string => secondText(Math.floor(at / 1000));

/** The same few seconds are written again and again. */
const secondText = remembered(4096, (second: number) =>
  new Date(EPOCH + second * 1000).toISOString().replace('.000Z', 'Z'),
);

/** Microsecond form, as `metav1.MicroTime`. */
export function rfc3339Micro(at: Millis): string {
  const ms = Math.floor(at - Math.floor(at / 1000) * 1000);
  return `${rfc3339(at).slice(0, -1)}.${String(ms).padStart(3, '0')}000Z`;
}

/** Virtual time of a timestamp; NaN when it is not one. */
export const parseTime = remembered(4096, (text: string): Millis => Date.parse(text) - EPOCH);
