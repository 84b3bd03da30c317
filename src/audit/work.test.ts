import { expect, test } from 'vitest';
import type { HistoryEntry } from '../sim/kernel/history.ts';
import { effectOnDue } from './work.ts';

const DUE = { place: 0, job: 'report', times: 1, from: 60_000, by: 'missed' } as const;

/** A CronJob makes a Job. */
const made = (id: number, name: string, at: number): HistoryEntry => {
  const ownerReferences = [
    { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report', uid: 'u', controller: true },
  ];
  return {
    id,
    at,
    type: 'api',
    by: 'cronjob-controller',
    cause: 0,
    resource: 'jobs.batch',
    kind: 'Job',
    namespace: 'default',
    name,
    revision: id,
    before: undefined,
    after: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'default', ownerReferences },
      status: {},
    },
  };
};

test('a run that was due before the trial does not stand for the one that it is about', () => {
  const missedOf = (...history: HistoryEntry[]): string => effectOnDue(DUE, 'default', history, 0).state;
  expect(missedOf(made(1, 'report-1', 0))).toBe('down');
  expect(missedOf(made(1, 'report-1', 0), made(2, 'report-2', 60_000))).toBe('survives');
});
