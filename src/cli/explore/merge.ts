/** `seatrial merge <folder…>`: the parts of campaigns, put together as if one process had played them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { standardKit } from '../../dsl/kit.ts';
import { loadKit } from '../../dsl/kitfile.ts';
import type { Kit } from '../../dsl/types.ts';
import { addTallies, oneOf } from '../../explore/campaign.ts';
import { addCoverage } from '../../explore/coverage.ts';
import { fileName } from '../../explore/filename.ts';
import { writeWhole } from '../../report/writing.ts';
import { FAILED, PASSED, UsageError } from '../exit.ts';
import { KIT_OPTION, LANG_OPTION, REPORTS, reportLanguage } from '../options.ts';
import { tell } from '../output.ts';
import { unshrunkFeature } from './drive.ts';
import { explorePage } from './page.ts';
import type { Shard } from './shard.ts';
import { freshState, nameAmong, STATE, stateIn, Store, type Found, type State } from './store.ts';
import { tellFindings } from './tell.ts';
import { jsonOf, type Ended } from './told.ts';

/** A part of a campaign, where it was found. */
export interface Part {
  readonly folder: string;
  readonly state: State & { readonly shard: Shard };
}

function statesIn(path: string): { folder: string; state: State }[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return statesIn(inside);
    if (!STATE.test(entry.name)) return [];
    try {
      return [{ folder: path, state: stateIn(readFileSync(inside, 'utf8')) }];
    } catch (error) {
      throw new UsageError(`${inside} cannot be read: ${(error as Error).message.split('\n')[0]}`);
    }
  });
}

/** The parts in folders, and those below. @throws UsageError */
export function partsIn(paths: readonly string[]): Part[] {
  const parts = paths.flatMap((path) => {
    if (!existsSync(path) || !statSync(path).isDirectory())
      throw new UsageError(`there is no folder ${path}`);
    return statesIn(path).filter((part): part is Part => part.state.shard !== undefined);
  });
  if (parts.length === 0)
    throw new UsageError(`there is no part of a campaign in ${paths.join(', ')}: explore --shard makes them`);
  return parts;
}

/** Those of one campaign in the order of their runs. @throws UsageError where runs are missing */
function inOrder(parts: readonly Part[]): Part[] {
  const ordered = [...parts].sort(
    ({ state: a }, { state: b }) => a.shard.from - b.shard.from || b.next - a.next,
  );
  const { runs, campaign } = ordered[0]!.state.shard;
  const missing = (from: number, to: number): UsageError =>
    new UsageError(
      `${campaign.name}: runs ${from} to ${to - 1} of ${runs} are missing: a part is not at its end`,
    );
  const used: Part[] = [];
  let next = 0;
  for (const part of ordered) {
    const { shard, next: reached, complete } = part.state;
    // The same part twice, or one that was begun and given up elsewhere.
    if (shard.from < next) continue;
    if (shard.from > next) throw missing(next, shard.from);
    if (!complete || reached < shard.to) throw missing(reached, shard.to);
    used.push(part);
    next = shard.to;
  }
  if (next < runs) throw missing(next, runs);
  return used;
}

export interface Merged {
  readonly state: State;
  /** Texts of the counterexamples, by the names of their files. */
  readonly features: ReadonlyMap<string, string>;
}

/** What one process would have come to. @param parts of one campaign @throws UsageError */
export function merge(parts: readonly Part[], kit: Kit): Merged {
  const ordered = inOrder(parts);
  const { key, campaign, runs } = ordered[0]!.state.shard;
  const state = freshState(key);
  const features = new Map<string, string>();
  const told = new Set<string>();
  for (const { state: part, folder } of ordered) {
    state.meaningless += part.meaningless;
    state.why = part.why ?? state.why;
    addCoverage(state.coverage, part.coverage);
    addTallies(state.causes, part.causes);
    state.sometimes = [...new Set([...state.sometimes, ...part.sometimes])];
    for (const found of part.found) {
      const { finding } = found;
      if (told.has(oneOf(finding.cause))) continue;
      told.add(oneOf(finding.cause));
      const file = nameAmong(finding.claim, unshrunkFeature(campaign, finding, kit), [...features.keys()]);
      features.set(file, readFileSync(join(folder, found.file), 'utf8'));
      state.found.push({ ...found, file } satisfies Found);
    }
  }
  state.next = runs;
  state.complete = true;
  return { state, features };
}

interface MergeFlags {
  readonly out?: string;
  readonly reports: string;
  readonly kit?: string;
  readonly json?: string;
  readonly html?: string;
  readonly lang?: string;
}

export function addMerge(program: Command): void {
  program
    .command('merge')
    .description(
      'put the parts of a campaign together that explore --shard has played: exit code 0 nothing found, 1 ' +
        'found, 2 bad input or runs that are missing',
    )
    .argument('<folder...>', 'what the parts have written')
    .option('--out <folder>', 'where counterexamples are kept (explore/merged under --reports)')
    .option('--reports <folder>', 'where everything is written', REPORTS)
    .option('--json <file>', 'write what was found')
    .option('--html <file>', 'write a page of it')
    .option('--lang <language>', LANG_OPTION)
    .option('--kit <file>', KIT_OPTION)
    .action(async (paths: string[], flags: MergeFlags) => {
      const language = reportLanguage(flags.lang);
      const kit = flags.kit === undefined ? standardKit : await loadKit(flags.kit);
      const byCampaign = new Map<string, Part[]>();
      for (const part of partsIn(paths)) {
        const { key } = part.state.shard;
        byCampaign.set(key, [...(byCampaign.get(key) ?? []), part]);
      }
      const ends: Ended[] = [];
      for (const parts of byCampaign.values()) {
        const { campaign } = parts[0]!.state.shard;
        const { state, features } = merge(parts, kit);
        const out = flags.out ?? join(flags.reports, 'explore', 'merged');
        const store = new Store(join(out, fileName(campaign.name)));
        for (const [file, text] of features) store.write(file, text);
        store.save(state);
        tell(`${campaign.name}: ${state.next.toLocaleString('en')} runs in ${parts.length} parts`);
        tellFindings(state, store.folder, kit);
        if (state.found.length === 0) tell('Nothing found.');
        ends.push({ campaign, state, folder: store.folder });
      }
      if (flags.json !== undefined)
        writeWhole(
          flags.json,
          `${JSON.stringify(
            ends.map((e) => jsonOf(e, kit)),
            undefined,
            1,
          )}\n`,
        );
      if (flags.html !== undefined) writeWhole(flags.html, explorePage(ends, kit, language));
      process.exitCode = ends.some((e) => e.state.found.length > 0) ? FAILED : PASSED;
    });
}
