/**
 * `seatrial explore <features or manifests>`: looks for schedules of faults that break the invariants, or the
 * availability of a Service.
 */
import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError, inputErrorOf } from '../../dsl/errors.ts';
import { readFeature } from '../../dsl/feature.ts';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import { placedIn } from '../../dsl/source.ts';
import type { Campaign, Finding } from '../../explore/campaign.ts';
import { featureOf } from '../../explore/counterexample.ts';
import { summary } from '../../explore/coverage.ts';
import { fileName } from '../../explore/filename.ts';
import { faultsOf } from '../../explore/draw.ts';
import {
  callsAt,
  callsInWords,
  describeScope,
  firstSteps,
  type Exhausted,
  type Scope,
} from '../../explore/exhaustive.ts';
import { needed, SOMETIMES } from '../../explore/sometimes.ts';
import { worldOf } from '../../explore/targets.ts';
import { BAD_INPUT, DEFECT, FAILED, PASSED } from '../exit.ts';
import { KIT_OPTION, REPORTS, SKIP_UNSUPPORTED } from '../options.ts';
import { campaignsOf, duration, whole, type ExploreOptions, type Sources } from './asked.ts';
import { drive } from './drive.ts';
import { Pool, RefusedError } from './pool.ts';
import { Progress } from './progress.ts';
import { Sitting } from './sitting.ts';
import { freshState, keyOf, Store, type Found, type Kept, type State } from './store.ts';
import type { Kit } from '../../dsl/types.ts';
import { complain, tell } from '../output.ts';

const DEFAULT_LIMIT_MS = 60_000;

/** The scenarios of a feature of the corpus; one that cannot be read is told, and passed over. */
function scenariosOf(kept: Kept): (ReturnType<typeof readFeature>[number] & { path: string })[] {
  const { path } = kept;
  const passOver = (problem: string): [] => {
    tell(`  passed over, since it cannot be read: ${path} (${problem.split('\n')[0]})`);
    return [];
  };
  if ('problem' in kept) return passOver(kept.problem);
  try {
    return readFeature(kept.text, path).map((scenario) => ({ ...scenario, path }));
  } catch (error) {
    const refused = inputErrorOf(error);
    if (refused === undefined) throw error;
    return passOver(refused.message);
  }
}

/** Counterexamples of earlier campaigns, played first. @returns the claims that still fail */
async function replayCorpus(store: Store, pool: Pool, kit: Kit, untilMs: number): Promise<Set<string>> {
  const failing = new Set<string>();
  for (const kept of store.corpus()) {
    for (const { path, operations, tags } of scenariosOf(kept)) {
      const seed = tags.find((t) => t.startsWith('@seed:'))?.slice('@seed:'.length) ?? '1';
      const { fails, why, overdue } = await pool.run<'replay'>({
        do: 'replay',
        untilMs,
        seed,
        operations: operations.map((o) => o.operation),
      });
      const last = operations[operations.length - 1];
      if (fails && last !== undefined) failing.add(vocabularyOf(kit).renderLine(last.operation));
      tell(
        overdue
          ? `  not played to its end within the time limit: ${path}`
          : fails
            ? `  still fails: ${path}`
            : `  no longer fails${why === undefined ? '' : ` (${why.split('\n')[0]})`}: ${path}`,
      );
    }
  }
  return failing;
}

function tellFound(found: Found, folder: string): void {
  const claim = found.finding.claim.replace(/^Then /, '');
  const what =
    found.size === undefined ? '' : `, broken by ${found.size} ${found.size === 1 ? 'fault' : 'faults'}`;
  tell(`  ${claim}${what} (run ${found.finding.run})`);
  const path = join(folder, found.file);
  tell(`    ${path}`);
  tell(
    `    npx seatrial run ${path} fails in the same ` +
      `way${found.size === undefined ? ' (not yet shrunk)' : ''}`,
  );
  for (const line of (found.message ?? '').split('\n').slice(0, 12)) tell(`      ${line}`);
}

function tellSummary(
  campaign: Campaign,
  state: State,
  tookMs: number,
  workers: number,
  doneBefore: number,
  kit: Kit,
): void {
  const runs = state.next - doneBefore;
  const rate = tookMs === 0 ? 0 : Math.round((runs * 1000) / tookMs);
  tell(
    `${state.next.toLocaleString('en')} runs` +
      `${doneBefore > 0 ? ` (${runs.toLocaleString('en')} now)` : ''} in ${(tookMs / 1000).toFixed(1)} s, ` +
      `${rate}/s on ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
  );
  if (state.meaningless > 0)
    tell(`${state.meaningless} proved nothing; the last because ${state.why?.split('\n')[0] ?? ''}`);
  const { met, all, never } = summary(state.coverage, faultsOf(campaign.faults.of, kit.faults));
  const more = `, and ${never.length - 8} more (the campaign's state file has those that were met)`;
  tell(
    `Met ${met} of ${all} pairs of fault and state. Never: ` +
      `${never.slice(0, 8).join(', ')}${never.length > 8 ? more : ''}`,
  );
  const unreached = needed(campaign.scene)
    .filter((s) => !state.sometimes.includes(s.name))
    .map((s) => s.name);
  tell(
    unreached.length === 0
      ? `Every one of ${SOMETIMES.length} situations worth meeting was met.`
      : `Never reached: ${unreached.join('; ')}`,
  );
}

/** Plays the scene, as far as all runs share it. @throws InputError, of manifests with file and line */
async function begin(campaign: Campaign, pool: Pool, untilMs: number, sources: Sources): Promise<void> {
  try {
    await pool.run<'begin'>({ do: 'begin', campaign, untilMs });
  } catch (error) {
    const source = error instanceof RefusedError ? sources.get(error.manifest ?? '') : undefined;
    if (source === undefined) throw error;
    throw new InputError(placedIn((error as Error).message, source));
  }
}

interface Settings {
  /** Where the manifests of scenes were read. */
  readonly sources: Sources;
  readonly kit: Kit;
  readonly options: ExploreOptions;
  readonly pool: Pool;
  readonly interrupted: AbortSignal;
}

/** @returns the exit code */
async function explore(
  campaign: Campaign,
  { kit, options, pool, interrupted, sources }: Settings,
): Promise<number> {
  const limitMs =
    options.timeLimit === undefined
      ? options.runs === undefined
        ? DEFAULT_LIMIT_MS
        : undefined
      : duration('time-limit', options.timeLimit);
  const untilMs = limitMs === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + limitMs;
  const runs = options.runs === undefined ? undefined : whole('runs', options.runs, 1);
  tell(
    `${campaign.name}: ${campaign.claims.length === 1 ? '1 claim' : `${campaign.claims.length} claims`} ` +
      `under ${campaign.faults.min} to ${campaign.faults.max} faults of ` +
      `${faultsOf(campaign.faults.of, kit.faults).length} kinds (seed ${campaign.seed})`,
  );
  await begin(campaign, pool, untilMs, sources);
  const store = new Store(join(options.out, fileName(campaign.name)));
  const key = keyOf([campaign, runs]);
  const state = (options.fresh === true ? undefined : store.unfinished(key)) ?? freshState(key);
  const known = await replayCorpus(store, pool, kit, untilMs);
  for (const f of state.found) known.delete(f.finding.claim);
  if (state.next > 0)
    tell(
      `  going on at run ${state.next.toLocaleString('en')}, with ${state.found.length} found (--fresh ` +
        'begins anew)',
    );
  const progress = new Progress(pool.workers, state.next);
  const start = Date.now();
  const before = state.next;
  const { difference } = await drive(
    campaign,
    state,
    pool,
    store,
    {
      kit,
      ...(runs === undefined ? {} : { runs }),
      untilMs,
      known,
      twice: options.checkDeterminism === true,
      progress: (s) => progress.show(s),
      found: (f) =>
        progress.note(
          `found: ${f.finding.claim.replace(/^Then /, '')} (${f.size} ${f.size === 1 ? 'fault' : 'faults'})`,
        ),
      unsaved: (f, feature) => progress.note(`could not be kept in ${store.folder}/${f.file}:\n${feature}`),
    },
    interrupted,
  );
  progress.end();
  tellSummary(campaign, state, Date.now() - start, pool.workers, before, kit);
  if (difference !== undefined) {
    const { difference: first } = await pool.run<'twice'>({ do: 'twice', campaign, run: difference.run });
    tell(
      `Run ${difference.run} was not the same twice: that is a defect of Seatrial, please report it with ` +
        `the seed ${campaign.seed}.`,
    );
    if (first !== undefined)
      tell(
        `The first change that differs is number ${first.entry} of its history:\n  once:  ${first.once}\n ` +
          ` again: ${first.again}`,
      );
    return DEFECT;
  }
  if (interrupted.aborted) tell('Interrupted: the same command goes on here.');
  if (state.next === state.meaningless && state.next > 0) {
    tell('Not one run could be played to its end.');
    return BAD_INPUT;
  }
  if (state.found.length > 0) tell(`Found ${state.found.length}:`);
  for (const found of state.found) tellFound(found, store.folder);
  if (state.found.length === 0)
    tell(
      known.size > 0
        ? `Nothing new; ${known.size} known still ${known.size === 1 ? 'fails' : 'fail'}.`
        : 'Nothing found.',
    );
  return state.found.length > 0 || known.size > 0 ? FAILED : PASSED;
}

/** @returns the exit code */
async function exhaustive(
  campaign: Campaign,
  { kit, options, pool, interrupted }: Settings,
): Promise<number> {
  const world = worldOf(campaign.scene, kit);
  const lastingMs = duration('lasting', options.lasting);
  const calls = faultsOf(campaign.faults.of, kit.faults).flatMap((f) => callsAt(f, world, lastingMs));
  const scope: Scope = {
    calls,
    delaysMs: options.delays.split(',').map((d) => duration('delays', d.trim())),
    depth: Math.min(campaign.faults.max, calls.length),
  };
  tell(`${campaign.name}, exhaustively: ${describeScope(scope)}`);
  for (const line of callsInWords(scope, kit)) tell(`  ${line}`);
  const untilMs =
    options.timeLimit === undefined
      ? Number.MAX_SAFE_INTEGER
      : Date.now() + duration('time-limit', options.timeLimit);
  const start = Date.now();
  const store = new Store(join(options.out, fileName(campaign.name)));
  const how = [`Found by exploring ${campaign.name} exhaustively.`];
  const files = new Map<string, string>();
  /** Written down as soon as it is found; the smallest of a claim takes its place in the end. */
  const keep = (finding: Finding): void => {
    if (files.has(finding.claim)) return;
    const told = [...how, 'Not yet shrunk.'];
    const feature = featureOf(finding.claim.replace(/^Then /, ''), finding.scenario, told, kit);
    const file = store.nameFor(finding.claim, feature, [...files.values()]);
    files.set(finding.claim, file);
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
  const claims = new Set<string>();
  for (const finding of done
    .flatMap((r) => r.findings)
    .sort((a, b) => JSON.stringify(a.scenario).length - JSON.stringify(b.scenario).length)) {
    if (claims.has(finding.claim)) continue;
    claims.add(finding.claim);
    const { counterexample } = await pool.run<'shrink'>({
      do: 'shrink',
      finding,
      how,
      untilMs: Date.now() + 60_000,
    });
    if (counterexample === undefined) continue;
    const file = files.get(finding.claim)!;
    store.write(file, counterexample.feature);
    tellFound({ finding, file, size: counterexample.size, message: counterexample.message }, store.folder);
  }
  if (claims.size > 0) return FAILED;
  tell(
    complete
      ? 'No counterexample in this scope.'
      : 'No counterexample so far; not all of the scope was seen.',
  );
  return PASSED;
}

/** What of the command line says where files go. */
interface ExploreFlags {
  readonly out?: string;
  readonly reports: string;
}

export function addExplore(program: Command): void {
  program
    .command('explore')
    .description(
      'look for fault schedules that break the invariants or a Service: exit code 0 nothing found, 1 ' +
        'found, 2 bad input',
    )
    .argument('<path...>', 'manifests (.yaml, .json), features, or folders of them')
    .option('--runs <n>', 'runs in all (until the time is over)')
    .option(
      '--time-limit <duration>',
      'real time after which no run begins or goes on (1m where no --runs are given)',
    )
    .option('--seed <seed>', 'seed of the campaign', '1')
    .option('--workers <n>', 'worker processes (one a core)')
    .option('--nodes <n>', 'nodes of the cluster that manifests are applied to', '3')
    .option('--zones <n>', 'zones the nodes are spread over', '1')
    .option('--cpu <quantity>', 'CPU of each node')
    .option('--memory <quantity>', 'memory of each node')
    .option('--faults <kinds>', 'only these faults, as NodePowerLoss,PodDelete (seatrial faults lists them)')
    .option('--voluntary', 'only voluntary disruptions')
    .option('--min <n>', 'fewest faults of a run', '1')
    .option('--max <n>', 'most faults of a run, or of an exhaustive schedule', '5')
    .option('--within <duration>', 'virtual time in which they strike', '10m')
    .option('--out <folder>', 'where counterexamples and progress are kept (explore under --reports)')
    .option('--reports <folder>', 'where everything is written', REPORTS)
    .option('--kit <file>', KIT_OPTION)
    .option('--skip-unsupported', SKIP_UNSUPPORTED)
    .option('--fresh', 'do not go on with an interrupted campaign')
    .option('--check-determinism', 'play every run twice and stop at the first that differs')
    .option('--exhaustive', 'every order of the faults at every target with every delay, instead of samples')
    .option('--delays <durations>', 'delays of an exhaustive search', '0s,10s,60s')
    .option('--lasting <duration>', 'how long the faults of an exhaustive search last', '60s')
    .action(async (paths: string[], flags: Omit<ExploreOptions, 'out'> & ExploreFlags) => {
      const { reports, ...given } = flags;
      const options: ExploreOptions = { ...given, out: given.out ?? join(reports, 'explore') };
      const kit = options.kit === undefined ? standardKit : await loadKit(options.kit);
      const { campaigns, sources } = campaignsOf(paths, options, kit);
      const { out, fresh = false, exhaustive: all = false } = options;
      const sitting = new Sitting(out, keyOf([campaigns, { ...options, fresh, timeLimit: undefined }]));
      const workers = options.workers === undefined ? undefined : whole('workers', options.workers, 1);
      const pool = new Pool(workers, options.kit);
      const stop = new AbortController();
      const end = (signal: NodeJS.Signals): void => {
        if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
        complain('\nending; once more to stop at once');
        stop.abort();
      };
      process.on('SIGINT', end);
      process.on('SIGTERM', end);
      try {
        let code = PASSED;
        for (const campaign of campaigns) {
          if (stop.signal.aborted) break;
          const before = fresh ? undefined : sitting.codeOf(keyOf(campaign));
          if (before !== undefined) tell(`${campaign.name}: finished before (--fresh begins anew)`);
          const settings: Settings = { sources, kit, options, pool, interrupted: stop.signal };
          const ended = before ?? (await (all ? exhaustive : explore)(campaign, settings));
          if (!stop.signal.aborted) sitting.finish(keyOf(campaign), ended);
          code = Math.max(code, ended);
        }
        if (!stop.signal.aborted) sitting.end();
        process.exitCode = code;
      } finally {
        process.off('SIGINT', end);
        process.off('SIGTERM', end);
        await pool.close();
      }
    });
}
