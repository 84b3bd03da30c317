/** What a record holds, as a viewer shows it. */
import { eventOf, withoutUid } from '../view/entries.ts';
import type { Entry, Happened, Step } from '../view/run.ts';
import { visibleIn } from '../messages/visible.ts';
import type { EntryRecord, OperationRecord, PlayRecord } from './record.ts';

/** @param whole whether objects, patches and names of Events are needed: a replay brings them by itself */
export function entryOf(record: EntryRecord, whole: boolean): Entry {
  if (record.type !== 'api') return { ...record, args: withoutUid(record.args) };
  const { object, patch, revision: _, ...entry } = record;
  return {
    ...entry,
    ...(entry.kind === 'Event' && !whole ? { name: '' } : {}),
    ...(entry.kind === 'Event' && object !== undefined ? { event: eventOf(object) } : {}),
    ...(whole && object !== undefined ? { object } : {}),
    ...(whole && patch !== undefined ? { patch } : {}),
  };
}

/** What was played of a step, and what came of it. */
export function told(
  operation: OperationRecord | undefined,
): Pick<Step, 'entries' | 'printed' | 'strikes' | 'verdict' | 'counterexample'> {
  const { entries, verdict, printed = [], strikes = [] } = operation ?? {};
  const { holds, at, found, tables, entry, property } = verdict ?? {};
  const { feature } = property?.counterexample ?? {};
  return {
    ...(entries === undefined ? {} : { entries }),
    printed,
    strikes: strikes.map(({ fault, targets }) => ({ kind: fault.kind, targets })),
    ...(holds === undefined || at === undefined
      ? {}
      : {
          verdict: {
            holds,
            at,
            ...(found === undefined ? {} : { found }),
            ...(tables === undefined ? {} : { tables }),
            ...(entry === undefined ? {} : { entry }),
          },
        }),
    ...(feature === undefined ? {} : { counterexample: feature }),
  };
}

/** A play by itself, without the feature that it was of: its operations are its steps. */
export function viewOfPlay({ operations, endedAt, entries, truths }: PlayRecord): {
  readonly run: Happened;
  readonly steps: readonly Step[];
} {
  return visibleIn({
    run: { endedAt, entries: entries.map((e) => entryOf(e, true)), truths },
    steps: operations.map(
      (o): Step => ({
        ...told(o),
        keyword: '',
        text: o.text,
        line: 0,
        from: o.from,
        to: o.to,
        expected: false,
        result: o.problem === undefined ? 'passed' : 'failed',
      }),
    ),
  });
}
