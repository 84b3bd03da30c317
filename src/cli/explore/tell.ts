/** What a campaign has found and met, in the terminal. */
import { join } from 'node:path';
import type { Kit } from '../../dsl/types.ts';
import type { Campaign } from '../../explore/campaign.ts';
import { summary } from '../../explore/coverage.ts';
import { faultsOf } from '../../explore/draw.ts';
import { needed, SOMETIMES } from '../../explore/sometimes.ts';
import { tell } from '../output.ts';
import { runsOf, type State } from './store.ts';
import {
  alsoBroken,
  effortInWords,
  faultsOfCause,
  happening,
  toldOf,
  withoutThen,
  type RootCause,
} from './told.ts';

/** Lines of what a failing run says. */
const MESSAGE_LINES = 12;
const SHOWN = 6;

const some = (all: readonly string[]): string =>
  all.length <= SHOWN ? all.join(', ') : `${all.slice(0, SHOWN).join(', ')} and ${all.length - SHOWN} more`;

function tellRoot(root: RootCause, number: number, runs: number, folder: string, kit: Kit): void {
  const { found, effort, others } = root;
  tell(
    `\n${number}. ${withoutThen(found.finding.claim)}: ${effortInWords(effort)}, in ` +
      `${root.runs.toLocaleString('en')} of ${runs.toLocaleString('en')} runs (first in run ${root.run})`,
  );
  for (const line of happening(root, kit)) tell(`     ${line}`);
  const path = join(folder, found.file);
  tell(`   npx seatrial run ${path}`);
  if (found.cutShort === true)
    tell('   may take less: the time was over before it was shrunk (--time-limit gives more)');
  tell(
    found.size === undefined
      ? '   fails in the same way; not yet shrunk, for which --time-limit gives more time'
      : '   fails in the same way:',
  );
  for (const line of (found.message ?? '').split('\n').slice(0, MESSAGE_LINES)) tell(`     ${line}`);
  const also = alsoBroken(root).map(([claim, n]) => `${withoutThen(claim)} (${n})`);
  if (also.length > 0) tell(`   breaks also: ${some(also)}`);
  const by = faultsOfCause(root).map(([kind, n]) => `${kind} (${n})`);
  if (by.length > 1) tell(`   comes of: ${some(by)}`);
  for (const { file } of others) tell(`   and, by more: ${join(folder, file)}`);
}

/** What was found. */
export function tellFindings(state: State, folder: string, kit: Kit): void {
  const { roots, leftOut } = toldOf(state, kit);
  if (roots.length > 0)
    tell(
      `Found ${roots.length} root ${roots.length === 1 ? 'cause' : 'causes'}` +
        `${roots.length === 1 ? '' : ', what takes least first'}:`,
    );
  roots.forEach((root, i) => tellRoot(root, i + 1, runsOf(state), folder, kit));
  if (leftOut.causes > 0)
    tell(
      `${roots.length > 0 ? '\n' : ''}Left out: ${leftOut.causes} that any cluster shows (every node, or ` +
        `every Pod of a workload, at once), in ${leftOut.runs.toLocaleString('en')} runs; --show-all tells ` +
        'them.',
    );
}

/** `12`, and `0.1` where a run takes seconds. */
export function perSecond(runs: number, tookMs: number): string {
  const rate = (runs * 1000) / Math.max(1, tookMs);
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

export interface Speed {
  readonly tookMs: number;
  readonly workers: number;
  /** Runs before this sitting. */
  readonly before: number;
}

/** What was met, and what never. */
export function tellSummary(campaign: Campaign, state: State, speed: Speed, kit: Kit): void {
  const { tookMs, workers, before } = speed;
  const runs = state.next - before;
  const all = runsOf(state);
  tell(
    `${all.toLocaleString('en')} runs` +
      `${runs < all ? ` (${runs.toLocaleString('en')} now)` : ''} in ${(tookMs / 1000).toFixed(1)} s, ` +
      `${perSecond(runs, tookMs)}/s on ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
  );
  if (state.meaningless > 0)
    tell(`${state.meaningless} proved nothing; the last because ${state.why?.split('\n')[0] ?? ''}`);
  const { met, all: pairs, never } = summary(state.coverage, faultsOf(campaign.faults.of, kit.faults));
  const more = `, and ${never.length - 8} more (the campaign's state file has those that were met)`;
  tell(
    `Met ${met} of ${pairs} pairs of fault and state. Never: ` +
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
