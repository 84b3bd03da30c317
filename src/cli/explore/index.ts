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
import { placedIn } from '../../dsl/source.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { faultsOf } from '../../explore/draw.ts';
import { STRETCH } from '../../explore/guidance.ts';
import { writeWhole } from '../../report/writing.ts';
import { BAD_INPUT, DEFECT, FAILED, PASSED, UsageError } from '../exit.ts';
import { KIT_OPTION, LANG_OPTION, REPORTS, reportLanguage, SKIP_UNSUPPORTED } from '../options.ts';
import { exploreAgainst, olderCampaign, olderOf } from './against.ts';
import {
  campaignsOf,
  duration,
  manifestsOf,
  USUAL,
  whole,
  type ExploreOptions,
  type Sources,
} from './asked.ts';
import { drive } from './drive.ts';
import { exploreScope } from './exhaust.ts';
import { jobOf } from './job.ts';
import { explorePage } from './page.ts';
import { Pool, RefusedError } from './pool.ts';
import { QueuedWorkers } from './queue.ts';
import { Progress } from './progress.ts';
import { queueKey, runsAsked, shardOf, stateKey, storeOf, type Ending, type Settings } from './settings.ts';
import { shardAsked } from './shard.ts';
import { Sitting } from './sitting.ts';
import { freshState, keyOf, runsOf, type Kept, type Store } from './store.ts';
import { tellFindings, tellSummary } from './tell.ts';
import { jsonOf, withoutThen, type Ended } from './told.ts';
import { complain, tell } from '../output.ts';

const DEFAULT_LIMIT_MS = 60_000;

/** What does not go with `--queue`, and why. */
const NOT_QUEUED = {
  shard: 'the queue shares out the runs',
  job: 'its Pods would each play a part',
  exhaustive: 'what is enumerated is not shared out',
  against: 'what is compared is not shared out',
  timeLimit: 'all of --runs are played, by whoever is there',
  fresh: 'other workers would lose what they have done: give another --seed, or an empty database',
  checkDeterminism: 'each run is played once',
} as const satisfies Partial<Record<keyof ExploreOptions, string>>;

/** @throws UsageError */
function checkQueue(options: Omit<ExploreOptions, 'out'>): void {
  if (options.queue === undefined) return;
  if (options.runs === undefined)
    throw new UsageError('--queue shares out a number of runs: give it by --runs');
  for (const [flag, why] of Object.entries(NOT_QUEUED)) {
    if (options[flag as keyof typeof NOT_QUEUED] === undefined) continue;
    const name = flag.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    throw new UsageError(`--queue and --${name} exclude each other: ${why}`);
  }
}

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

/** Counterexamples of earlier campaigns, played first. @returns keys of the causes that they still show */
async function replayCorpus(store: Store, pool: Pool, untilMs: number): Promise<Set<string>> {
  const failing = new Set<string>();
  for (const kept of store.corpus()) {
    for (const { path, operations, tags } of scenariosOf(kept)) {
      const seed = tags.find((t) => t.startsWith('@seed:'))?.slice('@seed:'.length) ?? '1';
      const { fails, causes, why, overdue } = await pool.run<'replay'>({
        do: 'replay',
        untilMs,
        seed,
        operations: operations.map((o) => o.operation),
      });
      for (const key of causes) failing.add(key);
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

async function explore(
  campaign: Campaign,
  { kit, options, pool, interrupted, sources, startedMs = Date.now(), quiet = false }: Settings,
): Promise<Ending> {
  const limitMs =
    options.timeLimit === undefined
      ? options.runs === undefined
        ? DEFAULT_LIMIT_MS
        : undefined
      : duration('time-limit', options.timeLimit);
  const untilMs = limitMs === undefined ? Number.MAX_SAFE_INTEGER : startedMs + limitMs;
  const runs = runsAsked(options);
  tell(
    `${campaign.name}: ${campaign.claims.length === 1 ? '1 claim' : `${campaign.claims.length} claims`} ` +
      `under ${campaign.faults.min} to ${campaign.faults.max} faults of ` +
      `${faultsOf(campaign.faults.of, kit.faults).length} kinds (seed ${campaign.seed})`,
  );
  await begin(campaign, pool, untilMs, sources);
  const store = storeOf(campaign, options);
  const key = stateKey(campaign, options);
  const shard = shardOf(campaign, options);
  const state = (options.fresh === true ? undefined : store.unfinished(key)) ?? freshState(key, shard);
  // A part tells all that it meets: another one may not have met it.
  const alone = shard === undefined && options.queue === undefined;
  const known = quiet || !alone ? new Set<string>() : await replayCorpus(store, pool, untilMs);
  for (const f of state.found) known.delete(f.finding.cause.key);
  if (runsOf(state) > 0)
    tell(
      `  going on at run ${state.next.toLocaleString('en')}, with ${state.found.length} found (--fresh ` +
        'begins anew)',
    );
  const progress = new Progress(pool.workers, state.next);
  const start = Date.now();
  const before = state.next;
  const queued =
    options.queue === undefined
      ? undefined
      : await QueuedWorkers.open({ url: options.queue, key: queueKey(campaign, options), interrupted }, pool);
  const { difference } = await drive(
    campaign,
    state,
    queued ?? pool,
    store,
    {
      kit,
      ...(queued === undefined ? {} : { batchRuns: STRETCH }),
      ...(runs === undefined ? {} : { runs: shard?.to ?? runs }),
      untilMs,
      known,
      showAll: options.showAll === true,
      twice: options.checkDeterminism === true,
      progress: (s) => progress.show(s),
      met: ({ finding }) => progress.note(`met in run ${finding.run}: ${withoutThen(finding.claim)}`),
      found: (f) =>
        progress.note(
          `shrunk: ${withoutThen(f.finding.claim)} (${f.size} ${f.size === 1 ? 'fault' : 'faults'})`,
        ),
      unsaved: (f, feature) => progress.note(`could not be kept in ${store.folder}/${f.file}:\n${feature}`),
    },
    interrupted,
  ).finally(() => queued?.close());
  progress.end();
  tellSummary(campaign, state, { tookMs: Date.now() - start, workers: pool.workers, before }, kit);
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
    return { code: DEFECT, state };
  }
  if (interrupted.aborted) tell('Interrupted: the same command goes on here.');
  if (runsOf(state) === state.meaningless && runsOf(state) > 0) {
    tell('Not one run could be played to its end.');
    return { code: BAD_INPUT, state };
  }
  if (quiet) return { code: state.found.length > 0 ? FAILED : PASSED, state };
  tellFindings(state, store.folder, kit);
  if (state.found.length === 0)
    tell(
      known.size > 0
        ? `Nothing new; ${known.size} known still ${known.size === 1 ? 'fails' : 'fail'}.`
        : 'Nothing found.',
    );
  return { code: state.found.length > 0 || known.size > 0 ? FAILED : PASSED, state };
}

/** What of the command line says where files go. */
interface ExploreFlags {
  readonly out?: string;
  readonly reports: string;
}

/** What of the command line a Job does not take over: it has its own place for files. */
const NOT_OF_JOBS: ReadonlySet<string> = new Set(['job', 'shard', 'out', 'reports', 'json', 'html', 'lang']);

/** The Job that plays what the command line asks for. @throws UsageError */
function jobAsked(
  paths: readonly string[],
  { job, shard, runs, kit, against }: Omit<ExploreOptions, 'out'>,
  command: Command,
): string {
  if (shard === undefined || runs === undefined)
    throw new UsageError('--job shares out --runs to as many Pods as --shard says');
  if (kit !== undefined || against !== undefined)
    throw new UsageError(
      '--job takes manifests only: --kit and --against need files that its Pods do not have',
    );
  const args = command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli' || NOT_OF_JOBS.has(name)) return [];
    const value: unknown = command.getOptionValue(name);
    return value === true ? [option.long!] : [option.long!, String(value)];
  });
  return jobOf({
    parts: whole('shard', shard, 1),
    image: job!,
    manifests: manifestsOf(paths),
    args,
  }).trimEnd();
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
    .option('--shard <i/n>', 'only part i of n of the runs; n alone in the Pods of an Indexed Job')
    .option('--queue <url>', 'share the runs out over all who ask the same queue, as redis://host:6379')
    .option('--job <image>', 'print an Indexed Job of --shard Pods that plays the parts, and do nothing else')
    .option('--seed <seed>', 'seed of the campaign', USUAL.seed)
    .option('--workers <n>', 'worker processes (one a core)')
    .option('--nodes <n>', 'nodes of the cluster that manifests are applied to', USUAL.nodes)
    .option('--zones <n>', 'zones the nodes are spread over', USUAL.zones)
    .option('--cpu <quantity>', 'CPU of each node')
    .option('--memory <quantity>', 'memory of each node')
    .option('--faults <kinds>', 'only these faults, as NodePowerLoss,PodDelete (seatrial faults lists them)')
    .option('--voluntary', 'only voluntary disruptions')
    .option('--min <n>', 'fewest faults of a run', USUAL.min)
    .option('--max <n>', 'most faults of a run, or of an exhaustive schedule', USUAL.max)
    .option('--within <duration>', 'virtual time in which they strike', USUAL.within)
    .option('--undirected', 'draw each run by itself, and not by what the runs before it met')
    .option('--requests <n>', 'requests per second that a client sends to each Service (none)')
    .option('--succeeding <percent>', 'share of the requests that must succeed (99)')
    .option('--outage <duration>', 'what the longest outage of a client must be under')
    .option('--response-time <duration>', 'how long an answer may take: a slower request has failed')
    .option('--out <folder>', 'where counterexamples and progress are kept (explore under --reports)')
    .option('--reports <folder>', 'where everything is written', REPORTS)
    .option('--kit <file>', KIT_OPTION)
    .option('--skip-unsupported', SKIP_UNSUPPORTED)
    .option('--fresh', 'do not go on with an interrupted campaign')
    .option('--check-determinism', 'play every run twice and stop at the first that differs')
    .option('--show-all', 'tell also what any cluster shows: every node, or every Pod of a workload, at once')
    .option(
      '--against <revision or folder>',
      'search an older version too: exit code 1 for what is new or takes less',
    )
    .option('--json <file>', 'write what was found')
    .option('--html <file>', 'write a page of it')
    .option('--lang <language>', LANG_OPTION)
    .option('--exhaustive', 'every order of the faults at every target with every delay, instead of samples')
    .option('--delays <durations>', 'delays of an exhaustive search', USUAL.delays)
    .option('--lasting <duration>', 'how long the faults of an exhaustive search last', USUAL.lasting)
    .action(async (paths: string[], flags: Omit<ExploreOptions, 'out'> & ExploreFlags, command: Command) => {
      const startedMs = Date.now();
      const { reports, ...given } = flags;
      checkQueue(given);
      if (given.job !== undefined) {
        tell(jobAsked(paths, given, command));
        return;
      }
      const shard = given.shard === undefined ? undefined : shardAsked(given.shard, process.env);
      const part = shard === undefined ? '' : `shard-${shard.index}-of-${shard.of}`;
      const options: ExploreOptions = { ...given, out: join(given.out ?? join(reports, 'explore'), part) };
      const excluded = (['exhaustive', 'against'] as const).find((flag) => options[flag] !== undefined);
      if (shard !== undefined && excluded !== undefined)
        throw new UsageError(`--shard and --${excluded} exclude each other`);
      const kit = options.kit === undefined ? standardKit : await loadKit(options.kit);
      const { campaigns, sources, silent } = campaignsOf(paths, options, kit);
      const { against } = options;
      if (against !== undefined && options.exhaustive === true)
        throw new UsageError('--against and --exhaustive exclude each other');
      const older = against === undefined ? undefined : olderOf(paths, against);
      const before =
        older === undefined || older.paths.length === 0
          ? []
          : campaignsOf(older.paths, options, kit).campaigns;
      for (const url of silent) tell(`${url} does not answer HTTP: it is sent no requests`);
      const { out, fresh = false, exhaustive = false } = options;
      const language = reportLanguage(options.lang);
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
        const ends: Ended[] = [];
        for (const campaign of campaigns) {
          if (stop.signal.aborted) break;
          const done = fresh ? undefined : sitting.codeOf(keyOf(campaign));
          if (done !== undefined) tell(`${campaign.name}: finished before (--fresh begins anew)`);
          const settings: Settings = {
            ...{ sources, kit, options, pool, interrupted: stop.signal },
            // What was read counts, too.
            ...(campaign === campaigns[0] ? { startedMs } : {}),
          };
          const store = storeOf(campaign, options);
          if (older !== undefined) {
            const earlier = olderCampaign(campaign, campaigns, before);
            const {
              code: ending,
              now,
              compared,
            } = await exploreAgainst(campaign, earlier, settings, explore);
            code = Math.max(code, ending);
            ends.push({ campaign, state: now.state, folder: store.folder, compared });
            continue;
          }
          const ended: Ending =
            done === undefined
              ? await (exhaustive ? exploreScope : explore)(campaign, settings)
              : { code: done, state: store.last(stateKey(campaign, options)) ?? freshState('') };
          if (!stop.signal.aborted) sitting.finish(keyOf(campaign), ended.code);
          code = Math.max(code, ended.code);
          ends.push({ campaign, state: ended.state, folder: store.folder });
        }
        if (options.json !== undefined)
          writeWhole(
            options.json,
            `${JSON.stringify(
              ends.map((e) => jsonOf(e, kit)),
              undefined,
              1,
            )}\n`,
          );
        if (options.html !== undefined) writeWhole(options.html, explorePage(ends, kit, language));
        if (!stop.signal.aborted) sitting.end();
        process.exitCode = code;
      } finally {
        process.off('SIGINT', end);
        process.off('SIGTERM', end);
        await pool.close();
        older?.remove();
      }
    });
}
