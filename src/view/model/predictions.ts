/** What a reader may be asked before a fault strikes: the answers, and likely mistakes, are the run's. */
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import type { Happened, PodTruth, Traffic } from '../run.ts';
import { apiState, isPod, truthsAt } from './lanes.ts';
import { faultBars } from './moments.ts';

/** Of several choices one is right; they stand in an order that does not tell which. */
export type Question =
  /** How long until as many Pods are ready and serve as before; undefined: it does not come to that. */
  | Asked<'recovered', Millis | undefined>
  /** How many requests of the clients fail. */
  | Asked<'requests', number>
  /** Which Pods are deleted, by their names. */
  | Asked<'gone', readonly string[]>;

interface Asked<About, Answer> {
  readonly about: About;
  readonly choices: readonly Answer[];
  /** The place of the right one. */
  readonly right: number;
  /** The moment that shows it. */
  readonly seenAt: Millis;
}

/** The questions before faults that strike at one moment; what is asked of lasts until the next ones. */
export interface Prediction {
  readonly at: Millis;
  /** The first of the faults. */
  readonly entry: EntryId;
  readonly until: Millis;
  readonly questions: readonly Question[];
}

/** So many choices a question, the right one among them. */
const CHOICES = 4;
/** What people guess who have not seen it. */
const GUESSES_MS: readonly Millis[] = [1000, 10_000, 60_000, 300_000];

const serves = (pod: PodTruth): boolean => apiState(pod) === 'ready' && pod.serving;
const podsAt = (run: Happened, at: Millis): PodTruth[] => truthsAt(run.truths, at).filter(isPod);
const servingAt = (run: Happened, at: Millis): number => podsAt(run, at).filter(serves).length;

/** Whether two times are told apart when they are rounded. */
const isApart = (a: Millis, b: Millis): boolean => Math.abs(a - b) > 0.25 * Math.max(a, b, 2000);

/** The nearest mistakes that can be told from the right answer and from each other. */
function nearest(right: Millis, mistakes: readonly Millis[], count: number): Millis[] {
  const chosen: Millis[] = [];
  for (const mistake of mistakes)
    if (chosen.length < count && [right, ...chosen].every((other) => isApart(other, mistake)))
      chosen.push(mistake);
  return chosen;
}

const bySize = (a: Millis | undefined, b: Millis | undefined): number =>
  (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY);

function recovery(run: Happened, at: Millis, until: Millis): Question | undefined {
  const before = servingAt(run, at - 1);
  const times = [...new Set(run.truths.map((t) => t.at))].filter((t) => t >= at && t <= until);
  const fell = times.find((t) => servingAt(run, t) < before);
  if (fell === undefined) return undefined;
  const again = times.find((t) => t > fell && servingAt(run, t) >= before);
  // What happens on the way is what one takes for the end of it.
  const onTheWay = run.entries
    .filter((e) => e.type === 'api' && e.at > at && e.at <= until && (e.kind === 'Node' || e.kind === 'Pod'))
    .map((e) => e.at - at)
    .filter((ms) => ms >= 1000);
  const right = again === undefined ? undefined : again - at;
  const mistakes = nearest(right ?? 0, [...onTheWay, ...GUESSES_MS], CHOICES - (right === undefined ? 1 : 2));
  const choices = [...mistakes, right, undefined].filter((c, i, all) => all.indexOf(c) === i).sort(bySize);
  return { about: 'recovered', choices, right: choices.indexOf(right), seenAt: again ?? until };
}

function failing(traffic: readonly Traffic[], at: Millis, until: Millis): Question | undefined {
  if (traffic.length === 0) return undefined;
  const failed = traffic.flatMap((t) => t.failures.filter((f) => f.at >= at && f.at <= until));
  const perSecond = traffic.reduce((sum, t) => sum + t.perSecond, 0);
  const right = failed.length;
  const first = failed[0]?.at ?? at;
  const last = failed[failed.length - 1]?.at ?? at;
  // As if all failed, as if half did, as if none did until it was noticed.
  const all = Math.ceil((perSecond * (last - first)) / 1000);
  const mistakes = [0, all, Math.ceil(right / 2), right * 2, Math.ceil((perSecond * (until - at)) / 1000)];
  const choices = [right];
  for (const mistake of mistakes)
    if (choices.length < CHOICES && choices.every((c) => Math.abs(c - mistake) > 0.2 * Math.max(c, mistake)))
      choices.push(mistake);
  choices.sort((a, b) => a - b);
  return { about: 'requests', choices, right: choices.indexOf(right), seenAt: last };
}

function going(run: Happened, at: Millis, until: Millis): Question | undefined {
  const there = podsAt(run, at - 1).filter((p) => p.api !== 'absent');
  if (there.length === 0) return undefined;
  const isGoing = (p: PodTruth): boolean =>
    podsAt(run, until).some((now) => now.uid === p.uid && ['absent', 'terminating'].includes(apiState(now)));
  const names = (pods: readonly PodTruth[]): string[] => pods.map((p) => p.name).sort();
  const gone = there.filter(isGoing);
  const right = names(gone);
  const nodes = [...new Set(there.map((p) => p.node))];
  const mistakes = [[], ...nodes.map((node) => names(there.filter((p) => p.node === node))), names(there)];
  const choices = [right];
  for (const mistake of mistakes)
    if (choices.length < CHOICES && !choices.some((c) => String(c) === String(mistake)))
      choices.push(mistake);
  if (choices.length === 1) return undefined;
  choices.sort((a, b) => a.length - b.length || (String(a) < String(b) ? -1 : 1));
  const seenAt = run.truths.find(
    (t) =>
      t.of === 'pod' &&
      t.at >= at &&
      gone.some((p) => p.uid === t.uid) &&
      ['absent', 'terminating'].includes(apiState(t)),
  )?.at;
  return { about: 'gone', choices, right: choices.indexOf(right), seenAt: seenAt ?? until };
}

export function predictionsOf(run: Happened, traffic: readonly Traffic[]): Prediction[] {
  const faults = faultBars(run).filter((f, i, all) => f.from > (all[i - 1]?.from ?? -1));
  return faults.flatMap(({ from: at, entry }, i) => {
    const until = (faults[i + 1]?.from ?? run.endedAt + 1) - 1;
    const questions = [recovery(run, at, until), failing(traffic, at, until), going(run, at, until)];
    const asked = questions.filter((q) => q !== undefined);
    return asked.length === 0 ? [] : [{ at, entry, until, questions: asked }];
  });
}

/** A run as far as it is known before something in it happens. */
export function before<T extends Happened>(run: T, { at, entry }: Pick<Prediction, 'at' | 'entry'>): T {
  return {
    ...run,
    endedAt: Math.max(0, at - 1),
    entries: run.entries.filter((e) => e.id < entry),
    truths: run.truths.filter((t) => t.entry < entry),
  };
}
