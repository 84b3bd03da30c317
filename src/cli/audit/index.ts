/** `seatrial audit <manifests>`: what would take them down, for how long, and what would mend it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { groupOf, type Audit, type Finding } from '../../audit/audit.ts';
import { replayOf } from '../../audit/replay.ts';
import { Stage } from '../../audit/stage.ts';
import { TRIALS } from '../../audit/trials/index.ts';
import { changeInWords, effectInWords } from '../../audit/words.ts';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import { manifestFiles } from '../../dsl/inlinemanifests.ts';
import { manifestsOf, type Manifests } from '../../edits/manifests.ts';
import { isServing, replicasOf } from '../../edits/shapes.ts';
import { fileName } from '../../explore/filename.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { filesIn } from '../../files.ts';
import { writeWhole } from '../../report/writing.ts';
import { FAILED, PASSED, UsageError } from '../exit.ts';
import { duration, whole } from '../explore/asked.ts';
import { KIT_OPTION } from '../options.ts';
import { overwrite, tell } from '../output.ts';
import { Pool } from '../explore/pool.ts';
import { auditBy } from './shared.ts';

interface AuditFlags {
  readonly nodes: string;
  readonly zones: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly seed: string;
  readonly timeLimit: string;
  readonly only?: readonly string[];
  readonly json?: string;
  readonly features?: string;
  readonly workers?: string;
  readonly kit?: string;
}

/** @param paths files, folders, or `-`: what stands on the standard input. @throws UsageError, InputError */
function textsOf(paths: readonly string[]): { file: string; text: string }[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ file: 'STDIN', text: readFileSync(0, 'utf8') }];
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
    const found = manifestFiles(path, filesIn(process.cwd()));
    if (statSync(path).isDirectory() && found.length === 0)
      throw new UsageError(`${path} holds no manifests: no file of it ends in .yaml, .yml or .json`);
    return found;
  });
}

const SHOWN = 40;

/** What every workload stands on is a matter of the cluster: what it takes down is told once. */
const isOfCluster = ({ trial, advice }: Finding): boolean => trial.ofCluster === true && advice === undefined;

/** What is plain to see, before what had to be tried. */
function tellFacts({ objects }: Manifests, { services }: Audit): void {
  const lone = services.filter(({ workloads }) =>
    workloads.every((place) => isServing(objects[place]!) && replicasOf(objects[place]!) < 2),
  );
  if (lone.length > 0)
    tell(
      `${lone.length} of ${services.length} Services ${lone.length === 1 ? 'has' : 'have'} one replica ` +
        `behind ${lone.length === 1 ? 'it' : 'them'}: ${lone.map((s) => s.name).join(', ')}`,
    );
}

function tellFindings(audit: Audit): void {
  const { findings, services } = audit;
  const groups = new Map<string, Finding[]>();
  const ofCluster = new Set<string>();
  for (const finding of findings) {
    if (isOfCluster(finding)) {
      ofCluster.add(finding.trial.name);
      continue;
    }
    const group = groups.get(groupOf(finding));
    if (group === undefined) groups.set(groupOf(finding), [finding]);
    else group.push(finding);
  }
  for (const name of ofCluster) {
    const hit = findings.filter((f) => f.trial.name === name).length;
    tell(`\n${hit === services.length ? 'Every Service goes' : `${hit} Services go`} down when ${name}`);
  }
  for (const [{ trial, service, effect, advice, helps, tried }, ...others] of [...groups.values()]
    .slice(0, SHOWN)
    .map((g) => [g[0]!, ...g.slice(1)] as const)) {
    tell(`\n${service.name}: ${effectInWords(effect)}`);
    tell(`  when ${trial.name}${others.length > 0 ? ` (and ${others.length} like it)` : ''}`);
    for (const change of advice ?? []) tell(`  mended by: ${changeInWords(change)}`);
    if (advice !== undefined) continue;
    if (tried === 0) tell('  what would mend it was not tried: the time was over');
    else if (helps === undefined) tell(`  nothing of ${tried} tried mends it`);
    else {
      for (const change of helps.changes) tell(`  lessened by: ${changeInWords(change)}`);
      tell(`  and then: ${effectInWords(helps.effect)} (nothing of ${tried} tried mends it altogether)`);
    }
  }
  if (groups.size > SHOWN) tell(`\nand ${groups.size - SHOWN} more (--json FILE has all)`);
  const hurt = new Set(findings.map((f) => f.service.name));
  const fine = services.filter((s) => !hurt.has(s.name));
  if (fine.length > 0) tell(`\nSurvives everything that was tried: ${fine.map((s) => s.name).join(', ')}`);
}

/** By their files' names: the worst finding of each kind of trial and each Service. */
function featuresOf(stage: Stage, result: Audit): Map<string, string> {
  const features = new Map<string, string>();
  for (const finding of result.findings) {
    const name = `${fileName(groupOf(finding))}.feature`;
    if (!features.has(name)) features.set(name, replayOf(stage, result, finding));
  }
  return features;
}

/** @throws UsageError for what is no kind of trial */
function kindsOf(asked: readonly string[]): readonly string[] {
  const kinds = TRIALS.map((t) => t.kind);
  const unknown = asked.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined)
    throw new UsageError(`there is no kind of trial "${unknown}"; there are: ${kinds.join(' · ')}`);
  return asked;
}

/** @returns the exit code */
async function audit(paths: readonly string[], flags: AuditFlags): Promise<number> {
  const texts = textsOf(paths);
  const manifests = manifestsOf(
    texts.map((t) => t.text),
    texts.map((t) => t.file),
  );
  const untilMs = Date.now() + duration('time-limit', flags.timeLimit);
  const start = Date.now();
  const shape = {
    nodes: whole('nodes', flags.nodes, 1),
    zones: whole('zones', flags.zones, 1),
    ...(flags.cpu === undefined ? {} : { cpu: flags.cpu }),
    ...(flags.memory === undefined ? {} : { memory: flags.memory }),
  };
  const kinds = flags.only === undefined ? {} : { kinds: kindsOf(flags.only) };
  const pool = new Pool(
    flags.workers === undefined ? undefined : whole('workers', flags.workers, 1),
    flags.kit,
  );
  let result: Audit;
  try {
    const audited = {
      texts: texts.map((t) => t.text),
      files: texts.map((t) => t.file),
      shape,
      seed: flags.seed,
    };
    result = await auditBy(pool, audited, {
      ...kinds,
      untilMs,
      progress: (what, done, of) => overwrite(`${what}: ${done} of ${of}`),
    });
  } finally {
    overwrite('');
    await pool.close();
  }
  tell(
    `${result.services.length} ${result.services.length === 1 ? 'Service' : 'Services'} under ` +
      `${result.trials} trials on ${shape.nodes} nodes in ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  for (const { name } of result.silent)
    tell(`  ${name} does not answer HTTP while nothing happens: nothing can be said of it`);
  for (const { trial, why } of result.unplayed) tell(`  not played: ${trial.name} (${why})`);
  tellFacts(manifests, result);
  tellFindings(result);
  if (result.cut) tell('\nThe time was over before all was tried: --time-limit gives more.');
  if (flags.features !== undefined) {
    const kit = flags.kit === undefined ? standardKit : await loadKit(flags.kit);
    const stage = new Stage(manifests, { shape, seed: flags.seed, beginnings: freshBeginnings(kit) });
    for (const [name, text] of featuresOf(stage, result)) writeWhole(join(flags.features, name), text);
  }
  if (flags.json !== undefined) writeWhole(flags.json, `${JSON.stringify(result, undefined, 1)}\n`);
  return result.findings.some((f) => f.effect.state === 'down') ? FAILED : PASSED;
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description(
      'try on manifests what happens to clusters: what goes down, for how long, and what would mend it: ' +
        'exit code 0 nothing goes down, 1 something does, 2 bad input',
    )
    .argument('<path...>', 'manifests (.yaml, .json), folders of them, or - for the standard input')
    .option('--nodes <n>', 'nodes of the cluster', '3')
    .option('--zones <n>', 'zones the nodes are spread over', '1')
    .option('--cpu <quantity>', 'CPU of each node')
    .option('--memory <quantity>', 'memory of each node')
    .option('--seed <seed>', 'seed of what is left to chance', '1')
    .option('--only <kind...>', 'only trials of these kinds, such as "a node loses power"')
    .option('--time-limit <duration>', 'real time after which nothing further is tried', '1m')
    .option('--workers <n>', 'worker processes (one a core)')
    .option('--features <folder>', 'write findings as features, which "seatrial run" plays')
    .option('--json <file>', 'write all of it')
    .option('--kit <file>', KIT_OPTION)
    .action(async (paths: string[], flags: AuditFlags) => {
      process.exitCode = await audit(paths, flags);
    });
}
