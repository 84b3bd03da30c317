/** Budgets, quotas, priority classes. Source: pkg/printers/internalversion/printers.go. */
import { ageOf } from './age.ts';
import { clock, column, created } from './printer.ts';
import type { Printer } from './printer.ts';

const orNA = (value: string | number | undefined): string =>
  value === undefined || value === null ? 'N/A' : String(value);

export const podDisruptionBudgetPrinter: Printer<'PodDisruptionBudget'> = {
  kind: 'PodDisruptionBudget',
  columns: [
    column('NAME'),
    column('MIN AVAILABLE'),
    column('MAX UNAVAILABLE'),
    column('ALLOWED DISRUPTIONS'),
    clock('AGE'),
  ],
  row: (b, { now }) => [
    b.metadata.name,
    orNA(b.spec.minAvailable),
    orNA(b.spec.maxUnavailable),
    b.status.disruptionsAllowed ?? 0,
    ageOf(created(b), now),
  ],
};

/** Limits are told from requests by their names. */
function quotaTexts(
  hard: Readonly<Record<string, unknown>>,
  used: Readonly<Record<string, unknown>>,
): [string, string] {
  const requests: string[] = [];
  const limits: string[] = [];
  for (const name of Object.keys(hard).sort()) {
    (name.startsWith('limits') ? limits : requests).push(
      `${name}: ${String(used[name] ?? '0')}/${String(hard[name])}`,
    );
  }
  return [requests.join(', '), limits.join(', ')];
}

export const resourceQuotaPrinter: Printer<'ResourceQuota'> = {
  kind: 'ResourceQuota',
  columns: [column('NAME'), column('REQUEST'), column('LIMIT'), clock('AGE')],
  row: (q, { now }) => [
    q.metadata.name,
    ...quotaTexts(q.status.hard ?? {}, q.status.used ?? {}),
    ageOf(created(q), now),
  ],
};

export const priorityClassPrinter: Printer<'PriorityClass'> = {
  kind: 'PriorityClass',
  columns: [
    column('NAME'),
    column('VALUE'),
    column('GLOBAL-DEFAULT'),
    clock('AGE'),
    column('PREEMPTIONPOLICY'),
  ],
  row: (p, { now }) => [
    p.metadata.name,
    p.value ?? 0,
    p.globalDefault ?? false,
    ageOf(created(p), now),
    p.preemptionPolicy ?? 'PreemptLowerPriority',
  ],
};
