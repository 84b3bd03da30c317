/**
 * The sentences in which the scheduler says why a pod fits nowhere. Models pkg/scheduler/framework/types.go
 * (FitError).
 */
import type { Diagnosis } from './run.ts';

export const NO_NODES = 'no nodes available to schedule pods';
const MAX_EVENT_NOTE = 1024;

/** Counts reasons over the nodes; `absent` speaks for those without a status of their own. */
export function reasonCounts(
  total: number,
  statuses: ReadonlyMap<string, { readonly reasons: readonly string[] }>,
  absent: readonly string[],
): string {
  const counts = new Map<string, number>();
  const add = (reason: string, n: number): void => void counts.set(reason, (counts.get(reason) ?? 0) + n);
  for (const status of statuses.values()) for (const reason of status.reasons) add(reason, 1);
  if (statuses.size < total) for (const reason of absent) add(reason, total - statuses.size);
  return [...counts]
    .map(([reason, n]) => `${n} ${reason}`)
    .sort()
    .join(', ');
}

/** `0/3 nodes are available: 3 Insufficient cpu.`, then what preemption said. */
export function fitError(total: number, diagnosis: Diagnosis, postFilter: string): string {
  let text = `0/${total} nodes are available:`;
  if (diagnosis.preFilter !== undefined) text += ` ${diagnosis.preFilter.reasons.join(', ')}.`;
  else {
    const reasons = reasonCounts(total, diagnosis.statuses, diagnosis.absent.reasons);
    if (reasons !== '') text += ` ${reasons}.`;
  }
  return postFilter === '' ? text : `${text} ${postFilter}`;
}

/** Events hold no more than 1,024 characters. */
export const eventNote = (message: string): string =>
  message.length <= MAX_EVENT_NOTE ? message : `${message.slice(0, MAX_EVENT_NOTE - 4)} ...`;
