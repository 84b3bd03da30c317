/** `--against REV|DIR`: the same search of an older version of what is named, and what is worse by now. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Campaign } from '../../explore/campaign.ts';
import { compare, inScene, isWorse, type Compared } from '../../explore/compare.ts';
import { FAILED, PASSED, UsageError } from '../exit.ts';
import { tell } from '../output.ts';
import type { Pool } from './pool.ts';
import type { Ending, Settings } from './settings.ts';
import { effortInWords, happening, toldOf, withoutThen, type RootCause } from './told.ts';

/** An older version of paths; those that were not there are left out. */
export interface Older {
  readonly paths: readonly string[];
  /** Takes away what was written for it. */
  readonly remove: () => void;
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** @throws UsageError */
function checkedOut(revision: string, paths: readonly string[]): Older {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-against-'));
  const git = (args: readonly string[], cwd: string): string => {
    try {
      return execFileSync('git', args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        // Neither the user's index nor their files are touched.
        env: { ...process.env, GIT_INDEX_FILE: join(folder, 'index') },
        cwd,
      });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      const why = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).split('\n')[0];
      throw new UsageError(`--against ${revision}: there is no such folder, and git says "${why}"`);
    }
  };
  const [first = '.'] = paths;
  const root = git(['rev-parse', '--show-toplevel'], isFolder(first) ? first : dirname(first)).trim();
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`], root).trim();
  const tree = join(folder, 'tree');
  git(['read-tree', commit], root);
  git(['checkout-index', '--all', `--prefix=${tree}/`], root);
  const older = paths.map((path) => join(tree, relative(root, realpathSync(path))));
  return {
    paths: older.filter((path) => existsSync(path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @param against a folder with the older version of the one path, or of all of them; or a revision of git */
export function olderOf(paths: readonly string[], against: string): Older {
  if (!isFolder(against)) return checkedOut(against, paths);
  const older =
    paths.length === 1
      ? [against]
      : paths.map((path) => join(against, isAbsolute(path) ? relative('/', path) : path));
  return { paths: older.filter((path) => existsSync(path)), remove: () => undefined };
}

/** The older campaign of that name; where names differ, and not their number, the one at its place. */
export function olderCampaign(
  campaign: Campaign,
  now: readonly Campaign[],
  before: readonly Campaign[],
): Campaign | undefined {
  const found =
    before.find(({ name }) => name === campaign.name) ??
    (now.length === before.length ? before[now.indexOf(campaign)] : undefined);
  return found && { ...found, name: campaign.name };
}

/** Whether what found a cause in one campaign shows it in the scene of the other. */
async function shownIn(
  root: RootCause,
  from: Campaign,
  to: Campaign,
  pool: Pick<Pool, 'run'>,
): Promise<boolean> {
  const { finding, fewest = finding.scenario } = root.found;
  const scenario = inScene(fewest, from.scene, to.scene);
  const { causes } = await pool.run<'replay'>({
    do: 'replay',
    ...scenario,
    untilMs: Number.MAX_SAFE_INTEGER,
  });
  return causes.includes(root.cause);
}

function tellCompared({ verdict, now, before }: Compared<RootCause>, { kit, options }: Settings): void {
  const root = (now ?? before)!;
  tell(`  ${verdict}: ${withoutThen(root.found.finding.claim)} (${root.cause})`);
  const price = (of: RootCause): string => `${effortInWords(of.effort)}: ${happening(of, kit).join('; ')}`;
  if (now !== undefined) tell(`    now ${price(now)}`);
  if (before !== undefined) tell(`    before ${price(before)}`);
  if (now !== undefined && isWorse(verdict)) tell(`    ${join(options.out, '…', now.found.file)}`);
}

export interface Comparison {
  readonly code: number;
  readonly now: Ending;
  readonly compared: readonly Compared<RootCause>[];
}

/**
 * Plays as many runs of either version.
 * @param explore plays one campaign @param older absent: all is new
 */
export async function exploreAgainst(
  campaign: Campaign,
  older: Campaign | undefined,
  settings: Settings,
  explore: (campaign: Campaign, settings: Settings) => Promise<Ending>,
): Promise<Comparison> {
  const { options, kit, pool } = settings;
  const now = await explore(campaign, { ...settings, quiet: true });
  const roots = toldOf(now.state, kit).roots;
  if (older === undefined) {
    tell(`${campaign.name} was not there before: all of ${roots.length} is new.`);
    const compared = roots.map(
      (root): Compared<RootCause> => ({ verdict: 'new', cause: root.cause, now: root }),
    );
    compared.forEach((one) => tellCompared(one, settings));
    return { code: roots.length > 0 ? FAILED : PASSED, now, compared };
  }
  const { timeLimit: _, ...rest } = options;
  const before = await explore(older, {
    ...settings,
    quiet: true,
    options: { ...rest, out: join(options.out, 'before'), runs: String(Math.max(1, now.state.next)) },
  });
  const was = toldOf(before.state, kit).roots;
  const shown = new Map<RootCause, boolean>();
  for (const root of roots) shown.set(root, await shownIn(root, campaign, older, pool));
  for (const root of was) shown.set(root, await shownIn(root, older, campaign, pool));
  const ask = (root: RootCause): boolean => shown.get(root) === true;
  const compared = compare(roots, was, { before: ask, now: ask });
  tell(`${campaign.name} against ${options.against}:`);
  compared.forEach((one) => tellCompared(one, settings));
  const worse = compared.filter(({ verdict }) => isWorse(verdict)).length;
  tell(worse === 0 ? '  Nothing is new or takes less.' : `  ${worse} new, or taking less.`);
  return {
    code: Math.max(worse > 0 ? FAILED : PASSED, ...[now.code, before.code].filter((c) => c > FAILED)),
    now,
    compared,
  };
}
