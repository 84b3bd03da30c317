/** `seatrial audit <manifests>`: what would take them down, for how long, and what would mend it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Audit } from '../../audit/audit.ts';
import { baselineOf, readBaseline, regressionsOf } from '../../audit/baseline.ts';
import type { Results } from '../../audit/advise.ts';
import { nodesIn } from '../../audit/clusterfile.ts';
import { isOfGatewayApi } from '../../audit/gateways.ts';
import { withoutHooks, type Hook } from '../../audit/hooks.ts';
import { together, type Together } from '../../audit/overlay.ts';
import { readWeights, scoresOf, WEIGHTS, type Weights } from '../../audit/score.ts';
import { Stage } from '../../audit/stage.ts';
import { workloadsOf } from '../../audit/subject.ts';
import { worksIn } from '../../audit/work.ts';
import { likenessOf, toldOf } from '../../audit/told/groups.ts';
import { markdownOf } from '../../audit/told/markdown.ts';
import { sarifOf } from '../../audit/told/sarif.ts';
import { TRIALS } from '../../audit/trials/index.ts';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import type { Kit } from '../../dsl/types.ts';
import { manifestFiles } from '../../dsl/inlinemanifests.ts';
import { manifestsOf, type Manifests } from '../../edits/manifests.ts';
import { namespacesFor } from '../../explore/scene.ts';
import { shortName } from '../../edits/shapes.ts';
import { servedByManifests } from '../../sim/api/resources/customresource.ts';
import { ResourceRegistry } from '../../sim/api/resources/registry.ts';
import { freshBeginnings } from '../../explore/freshbeginnings.ts';
import { knownOf } from '../../failures/likeness.ts';
import { filesIn } from '../../files.ts';
import { VERSION } from '../../report/version.ts';
import { writeWhole } from '../../report/writing.ts';
import { FAILED, PASSED, UsageError } from '../exit.ts';
import { FAILURES, libraryIn } from '../failures/library.ts';
import { duration, whole } from '../explore/asked.ts';
import { Pool } from '../explore/pool.ts';
import { KIT_OPTION, reportLanguage, SKIP_UNSUPPORTED, TOLD_IN_OPTION } from '../options.ts';
import { overwrite } from '../output.ts';
import { auditPage } from './page.ts';
import { auditBy, triedWith } from './shared.ts';
import { tellComparison, tellFindings, tellFixes, tellLeftOut } from './tell.ts';
import { featureNameOf, refuseFull, writeFeatures, writeOverlay, writeReport } from './writing.ts';

interface AuditFlags {
  readonly nodes: string;
  readonly zones: string;
  readonly clusterFile?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly seed: string;
  readonly timeLimit: string;
  readonly only?: readonly string[];
  readonly json?: string;
  readonly features?: string;
  readonly html?: string;
  readonly lang?: string;
  readonly sarif?: string;
  readonly markdown?: string;
  readonly fix?: string;
  readonly weights?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly workers?: string;
  readonly kit?: string;
  readonly skipUnsupported?: boolean;
}

/** Folders below one that hold manifests: as with kubectl, they are read when they are named. */
const foldersBelow = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(path, entry.name))
    .filter((folder) => readdirSync(folder).some((name) => /\.(ya?ml|json)$/.test(name)));

interface Asked {
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** Folders with manifests that were not asked for. */
  readonly unread: readonly string[];
  readonly hooks: readonly Hook[];
}

/** @param paths files, folders, or `-`: what stands on the standard input. @throws UsageError, InputError */
function askedFor(paths: readonly string[]): Asked {
  const unread: string[] = [];
  const hooks: Hook[] = [];
  const texts = paths.flatMap((path) => {
    if (path === '-') return [{ file: 'STDIN', text: readFileSync(0, 'utf8') }];
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
    const found = manifestFiles(path, filesIn(process.cwd()));
    if (!statSync(path).isDirectory()) return found;
    // What a kustomization makes of a folder is one text under the folder's own name.
    if (!found.some(({ file }) => file === path)) unread.push(...foldersBelow(path));
    if (found.length === 0)
      throw new UsageError(
        `${path} holds no manifests: no file of it ends in .yaml, .yml or .json` +
          (unread.length === 0 ? '' : `; folders below it are read when they are named: ${unread.join(' ')}`),
      );
    return found;
  });
  const applied = texts.map(({ file, text }) => {
    const without = withoutHooks(text);
    hooks.push(...without.hooks);
    return { file, text: without.text };
  });
  return { texts: applied, unread: unread.filter((folder) => !paths.some((p) => join(p) === folder)), hooks };
}

/** @throws UsageError, InputError */
function weightsIn(file: string | undefined): Weights {
  if (file === undefined) return WEIGHTS;
  return readWeights(textOf(file), file);
}

/** @throws UsageError where there is no such file */
function textOf(file: string): string {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  return readFileSync(file, 'utf8');
}

/** @throws UsageError for what is no kind of trial */
function kindsOf(asked: readonly string[]): readonly string[] {
  const kinds = TRIALS.map((t) => t.kind);
  const unknown = asked.find((kind) => !kinds.includes(kind));
  if (unknown !== undefined)
    throw new UsageError(`there is no kind of trial "${unknown}"; there are: ${kinds.join(' · ')}`);
  return asked;
}

/** Whatever has a score: workloads, and work that ends. */
const scoredIn = (manifests: Manifests): { place: number }[] => [
  ...workloadsOf(manifests),
  ...worksIn(manifests).flatMap(({ workloads }) => workloads.map((place) => ({ place }))),
];

/** Objects of kinds that the clusters do not serve, nor by definitions that the manifests hold. */
function unservedIn({ objects }: Manifests, { parts }: Kit): string[] {
  const resources = new ResourceRegistry(parts.resources, servedByManifests(objects));
  return objects.filter((o) => resources.of(o) === undefined && !isOfGatewayApi(o)).map(shortName);
}

/** Advice put together, and what the trials come to with it. */
type Fixes = Together & { readonly after: Results };

/** @returns the exit code */
async function audit(paths: readonly string[], flags: AuditFlags): Promise<number> {
  const { texts, unread, hooks } = askedFor(paths);
  const manifests = manifestsOf(
    texts.map((t) => t.text),
    texts.map((t) => t.file),
  );
  const files = texts.map((t) => t.file);
  const language = reportLanguage(flags.lang);
  const kit = flags.kit === undefined ? standardKit : await loadKit(flags.kit);
  const unserved = flags.skipUnsupported === true ? unservedIn(manifests, kit) : [];
  tellLeftOut({ unread, hooks, namespaces: namespacesFor(manifests.objects), unserved }, language);
  const weights = weightsIn(flags.weights);
  const baseline =
    flags.baseline === undefined ? undefined : readBaseline(textOf(flags.baseline), flags.baseline);
  if (flags.fix !== undefined) refuseFull(flags.fix);
  const untilMs = Date.now() + duration('time-limit', flags.timeLimit);
  const start = Date.now();
  const shape = {
    nodes:
      flags.clusterFile === undefined
        ? whole('nodes', flags.nodes, 1)
        : nodesIn(textOf(flags.clusterFile), flags.clusterFile),
    zones: whole('zones', flags.zones, 1),
    ...(flags.cpu === undefined ? {} : { cpu: flags.cpu }),
    ...(flags.memory === undefined ? {} : { memory: flags.memory }),
    ...(flags.skipUnsupported === true ? { skipUnsupported: true as const } : {}),
  };
  const kinds = flags.only === undefined ? {} : { kinds: kindsOf(flags.only) };
  const progress = (what: string, done: number, of: number): void => overwrite(`${what}: ${done} of ${of}`);
  const pool = new Pool(
    flags.workers === undefined ? undefined : whole('workers', flags.workers, 1),
    flags.kit,
  );
  let result: Audit;
  let fixes: Fixes | undefined;
  try {
    const audited = {
      texts: texts.map((t) => t.text),
      files: texts.map((t) => t.file),
      shape,
      seed: flags.seed,
    };
    result = await auditBy(pool, audited, { ...kinds, untilMs, progress });
    if (result.services.length === 0 && result.silent.length === 0)
      throw new UsageError(
        `nothing to audit in ${paths.map((path) => (path === '-' ? 'STDIN' : path)).join(', ')}: ` +
          'no Deployment, StatefulSet or the like, no DaemonSet behind a Service, no Job and no CronJob',
      );
    if (flags.fix !== undefined) {
      const all = together(manifests.objects, result.findings);
      const changed = { key: 'all', objects: all.objects };
      const after = await triedWith(pool, audited, result, changed, { untilMs, progress });
      fixes = { ...all, after };
    }
  } finally {
    overwrite('');
    await pool.close();
  }
  const scores = scoresOf(manifests, result.services, scoredIn(manifests), result.results, weights);
  const library = libraryIn(FAILURES).map(knownOf);
  const told = toldOf(manifests, result, language, library);
  tellFindings(
    result,
    told,
    scores,
    { nodes: typeof shape.nodes === 'number' ? shape.nodes : shape.nodes.length, tookMs: Date.now() - start },
    language,
  );
  const regressions = baseline === undefined ? undefined : regressionsOf(result.findings, baseline);
  if (baseline !== undefined)
    tellComparison(
      result,
      baseline,
      { file: flags.baseline!, isWritten: flags.writeBaseline !== undefined },
      language,
    );
  if (fixes !== undefined) {
    writeOverlay(flags.fix!, manifests, files, fixes);
    tellFixes(result, fixes, flags.fix!, language);
  }
  const stage = new Stage(manifests, { shape, seed: flags.seed, beginnings: freshBeginnings(kit) });
  if (flags.features !== undefined) writeFeatures(flags.features, stage, result);
  if (flags.html !== undefined) {
    const names = writeFeatures(join(flags.html, 'features'), stage, result);
    const hasReport = result.findings.length > 0;
    if (hasReport) writeReport(join(flags.html, 'features'), join(flags.html, 'trials.html'), language);
    const page = auditPage({
      audit: result,
      told,
      scores,
      language,
      ...(hasReport ? { replay: 'trials.html' } : {}),
      featureOf: (finding) => `features/${encodeURIComponent(featureNameOf(finding))}`,
      replayOf: (finding) => `trials.html#s-${names.indexOf(featureNameOf(finding))}`,
    });
    writeWhole(join(flags.html, 'index.html'), page);
  }
  const written = (value: object): string => `${JSON.stringify(value, undefined, 1)}\n`;
  const findings = result.findings.map((finding) => ({
    ...finding,
    like: likenessOf(manifests, finding, library).map(({ name }) => name),
  }));
  if (flags.json !== undefined)
    writeWhole(flags.json, written({ ...result, findings, scores, facts: told.facts }));
  if (flags.sarif !== undefined)
    writeWhole(
      flags.sarif,
      written(
        sarifOf(manifests, result, {
          files,
          version: VERSION,
          language,
          library,
          ...(baseline === undefined ? {} : { baseline }),
        }),
      ),
    );
  if (flags.markdown !== undefined)
    writeWhole(flags.markdown, markdownOf(result, told, scores, language, regressions));
  if (flags.writeBaseline !== undefined)
    writeWhole(flags.writeBaseline, written(baselineOf(result.findings)));
  if (regressions !== undefined) return regressions.length > 0 ? FAILED : PASSED;
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
    .option(
      '--cluster-file <file>',
      'nodes of your cluster, as "kubectl get nodes -o yaml" prints them, in place of --nodes and --zones',
    )
    .option('--cpu <quantity>', 'CPU of each node')
    .option('--memory <quantity>', 'memory of each node')
    .option('--seed <seed>', 'seed of what is left to chance', '1')
    .option('--only <kind...>', 'only trials of these kinds, such as "a node loses power"')
    .option('--time-limit <duration>', 'real time after which nothing further is tried', '1m')
    .option('--workers <n>', 'worker processes (one a core)')
    .option('--skip-unsupported', SKIP_UNSUPPORTED)
    .option('--fix <folder>', 'write what mends findings as an overlay for kustomize, into a new folder')
    .option('--weights <file>', 'how much a kind of trial counts for the scores (YAML)')
    .option('--baseline <file>', 'exit code 1 only for what is new or worse than in this file')
    .option('--write-baseline <file>', 'write such a file')
    .option('--html <folder>', 'write a page, with every trial to be replayed')
    .option('--lang <language>', TOLD_IN_OPTION)
    .option('--sarif <file>', 'write findings for code scanning, at the lines of the manifests')
    .option('--markdown <file>', 'write a summary for a pull request')
    .option('--features <folder>', 'write findings as features, which "seatrial run" plays')
    .option('--json <file>', 'write all of it')
    .option('--kit <file>', KIT_OPTION)
    .action(async (paths: string[], flags: AuditFlags) => {
      process.exitCode = await audit(paths, flags);
    });
}
