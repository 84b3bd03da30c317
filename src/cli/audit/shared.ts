/** An audit by worker processes: its trials, then the advice for each Service, the longest first. */
import type { Advice, Results } from '../../audit/advise.ts';
import { auditFrom, hitBy, precedentOf, type Audit, type Hit, type Plan } from '../../audit/audit.ts';
import type { Changed, Played } from '../../audit/stage.ts';
import { concerns, type Trial } from '../../audit/trials/index.ts';
import { manifestsOf } from '../../edits/manifests.ts';
import type { Workers } from '../explore/pool.ts';
import type { AuditAnswer, AuditPart, Audited } from './task.ts';

export interface SharedOptions {
  readonly kinds?: readonly string[];
  readonly untilMs: number;
  /** @param what `trials`, `advice` */
  readonly progress: (what: string, done: number, of: number) => void;
}

/** So many trials of workloads are asked for at once: they are short. */
const BATCH = 6;

/** Trials of the cluster are asked for one by one, and first: everybody is met by them. */
function batchesOf(trials: readonly Trial[]): Trial[][] {
  const ofWorkloads = trials.filter((t) => t.workload !== undefined);
  const batches = trials.filter((t) => t.workload === undefined).map((t) => [t]);
  for (let i = 0; i < ofWorkloads.length; i += BATCH) batches.push(ofWorkloads.slice(i, i + BATCH));
  return batches;
}

/** Does all of them, as many at a time as there are workers, in their order. */
async function eachOf<T>(all: readonly T[], workers: number, act: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < all.length) {
      next += 1;
      await act(all[next - 1]!);
    }
  };
  await Promise.all(Array.from({ length: workers }, lane));
}

type Ask = <P extends AuditPart['part']>(
  part: Extract<AuditPart, { part: P }>,
) => Promise<Extract<AuditAnswer, { part: P }>>;

const askOf =
  (pool: Workers, audited: Audited, untilMs: number): Ask =>
  async <P extends AuditPart['part']>(part: Extract<AuditPart, { part: P }>) => {
    const { answer } = await pool.run<'audit'>({ do: 'audit', audited, ask: part, untilMs });
    return answer as Extract<AuditAnswer, { part: P }>;
  };

/** The trials, as many as there is time for, in their order. */
async function triedBy(
  ask: Ask,
  workers: number,
  { services, trials }: Pick<Plan, 'services' | 'trials'>,
  { untilMs, progress }: Pick<SharedOptions, 'untilMs' | 'progress'>,
  changed?: Changed,
): Promise<Results> {
  const played = new Map<Trial, Played>();
  await eachOf(batchesOf(trials), workers, async (batch) => {
    if (Date.now() >= untilMs) return;
    const on = changed === undefined ? {} : { changed };
    const done = await ask({ part: 'trials', services, trials: batch, ...on });
    done.played.forEach((one, i) => played.set(batch[i]!, one));
    progress('trials', played.size, trials.length);
  });
  return trials.flatMap((trial) => {
    const one = played.get(trial);
    return one === undefined ? [] : [[trial, one] as const];
  });
}

/** The trials of an audit once more, on changed manifests. */
export const triedWith = (
  pool: Workers,
  audited: Audited,
  { services, results }: Audit,
  changed: Changed,
  options: Pick<SharedOptions, 'untilMs' | 'progress'>,
): Promise<Results> =>
  triedBy(
    askOf(pool, audited, options.untilMs),
    pool.workers,
    { services, trials: results.map(([trial]) => trial) },
    options,
    changed,
  );

/** @throws InputError where the manifests do not come up */
export async function auditBy(pool: Workers, audited: Audited, options: SharedOptions): Promise<Audit> {
  const { kinds, untilMs, progress } = options;
  const ask = askOf(pool, audited, untilMs);
  const more = (): boolean => Date.now() < untilMs;
  const first = { part: 'plan', ...(kinds === undefined ? {} : { kinds }) } as const;
  // Each of them boots its own cluster meanwhile.
  const [{ plan }] = (await Promise.all(Array.from({ length: pool.workers }, () => ask(first)))) as [
    Extract<AuditAnswer, { part: 'plan' }>,
  ];
  const { services } = plan;
  const results = await triedBy(ask, pool.workers, plan, options);
  const hit = hitBy(manifestsOf(audited.texts, audited.files), services, results);
  const advice: Record<string, Readonly<Record<string, Advice>>> = {};
  const begun = new Map<string, Promise<void>>();
  const ofOne = async ({ service, alikeTo }: Hit): Promise<void> => {
    // Begun by now: those that others are alike to come first.
    if (alikeTo !== undefined) await begun.get(alikeTo.name);
    if (!more()) return;
    const met = results.filter(([trial]) => concerns(trial, service));
    const known = alikeTo === undefined ? undefined : advice[alikeTo.name];
    const precedent =
      known === undefined ? {} : { precedent: precedentOf(alikeTo!, services, results, known) };
    const answer = await ask({ part: 'advice', services, service, results: met, ...precedent });
    advice[service.name] = answer.advice;
    progress('advice', Object.keys(advice).length, hit.length);
  };
  await eachOf(hit, pool.workers, (one) => {
    const end = ofOne(one);
    begun.set(one.service.name, end);
    return end;
  });
  return auditFrom(plan, results, advice, !more());
}
