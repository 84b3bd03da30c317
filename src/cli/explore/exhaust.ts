/** Drives the exhaustive search of a scope over the workers. */
import type { Kit } from '../../dsl/types.ts';
import { addTallies, type Campaign, type Finding } from '../../explore/campaign.ts';
import { featureOf } from '../../explore/counterexample.ts';
import {
  callsIn,
  callsInWords,
  describeScope,
  firstSteps,
  type Exhausted,
  type Scope,
} from '../../explore/exhaustive.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { worldIn } from '../../explore/targets.ts';
import { FAILED, PASSED } from '../exit.ts';
import { tell } from '../output.ts';
import { duration, type ExploreOptions } from './asked.ts';
import { stateKey, storeOf, type Ending, type Settings } from './settings.ts';
import { freshState } from './store.ts';
import { tellFindings } from './tell.ts';

/** Longest time to shrink one counterexample. */
const SHRINK_MS = 60_000;

const lengthOf = ({ scenario }: Finding): number => JSON.stringify(scenario).length;

/** @throws UsageError */
export function scopeOf(
  { scene, faults, seed }: Campaign,
  { delays, lasting }: Pick<ExploreOptions, 'delays' | 'lasting'>,
  kit: Kit,
): Scope {
  const world = worldIn(scene, freshBeginnings(kit), String(seed));
  const calls = callsIn(faults.of, world, kit.faults, duration('lasting', lasting));
  return {
    calls,
    delaysMs: delays.split(',').map((d) => duration('delays', d.trim())),
    depth: Math.min(faults.max, calls.length),
  };
}

export async function exploreScope(
  campaign: Campaign,
  { kit, options, pool, interrupted }: Settings,
): Promise<Ending> {
  const scope = scopeOf(campaign, options, kit);
  tell(`${campaign.name}, exhaustively: ${describeScope(scope)}`);
  for (const line of callsInWords(scope, kit)) tell(`  ${line}`);
  const untilMs =
    options.timeLimit === undefined
      ? Number.MAX_SAFE_INTEGER
      : Date.now() + duration('time-limit', options.timeLimit);
  const start = Date.now();
  const store = storeOf(campaign, options);
  const how = [`Found by exploring ${campaign.name} exhaustively.`];
  const files = new Map<string, string>();
  /** Written down as soon as it is found; the smallest of a cause takes its place in the end. */
  const keep = (finding: Finding): void => {
    const { cause } = finding;
    if (files.has(cause.key) || (cause.total && options.showAll !== true)) return;
    const told = [...how, 'Not yet shrunk.'];
    const feature = featureOf(finding.claim.replace(/^Then /, ''), finding.scenario, told, kit);
    const file = store.nameFor(finding.claim, feature, [...files.values()]);
    files.set(cause.key, file);
    store.write(file, feature);
  };
  const results: Exhausted[] = [];
  const steps = firstSteps(scope);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < steps.length && !interrupted.aborted) {
      const step = steps[next]!;
      next += 1;
      const { result } = await pool.run<'exhaust'>({
        do: 'exhaust',
        campaign,
        scope,
        first: [step],
        untilMs,
      });
      results[step] = result;
      result.findings.forEach(keep);
    }
  };
  await Promise.all(Array.from({ length: pool.workers }, lane));
  const done = results.filter((r) => r !== undefined);
  const sum = (of: (r: Exhausted) => number): number => done.reduce((n, r) => n + of(r), 0);
  const states = new Set(done.flatMap((r) => r.states));
  const complete = done.length === steps.length && done.every((r) => r.complete);
  tell(
    `${sum((r) => r.schedules).toLocaleString('en')} schedules in ` +
      `${((Date.now() - start) / 1000).toFixed(1)} s, ${states.size.toLocaleString('en')} distinct states` +
      (sum((r) => r.without) > 0
        ? `; ${sum((r) => r.without)} schedules ended in a fault without a target`
        : ''),
  );
  const state = freshState(stateKey(campaign, options));
  state.next = sum((r) => r.schedules);
  for (const { causes } of done) addTallies(state.causes, causes);
  const all = done.flatMap((r) => r.findings).sort((a, b) => lengthOf(a) - lengthOf(b));
  const shrunk = new Set<string>();
  for (const finding of all) {
    const file = files.get(finding.cause.key);
    if (file === undefined || shrunk.has(finding.cause.key)) continue;
    shrunk.add(finding.cause.key);
    const { counterexample } = await pool.run<'shrink'>({
      do: 'shrink',
      finding,
      how,
      untilMs: Date.now() + SHRINK_MS,
    });
    if (counterexample === undefined) continue;
    const { feature, size, message, taken, fewest } = counterexample;
    store.write(file, feature);
    state.found.push({ finding, file, size, message, taken, fewest });
  }
  state.complete = complete;
  store.save(state);
  tellFindings(state, store.folder, kit);
  if (state.found.length > 0) return { code: FAILED, state };
  tell(
    complete
      ? 'No counterexample in this scope.'
      : 'No counterexample so far; not all of the scope was seen.',
  );
  return { code: PASSED, state };
}
