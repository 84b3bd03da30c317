/**
 * A campaign that is killed again and again, at any moment, comes to the end it would have come to, and loses
 * nothing it has found meanwhile.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from './random.ts';
import { campaignArgs, counterexamples, writeCampaign } from './campaign.ts';
import type { Check } from './check.ts';
import { seatrial, told, type Ended } from './processes.ts';

const KILLS = 100;
/** Campaigns that go on beside each other. */
const CHAINS = 4;

interface Chain {
  readonly kills: number;
  /** Kills of a campaign that had found something. */
  readonly late: number;
  readonly campaigns: number;
  readonly partsLeft: number;
  readonly details: readonly string[];
  readonly defects: number;
}

/** One campaign after another, until so many were killed. */
async function killOneAfterAnother(folder: string, seed: number, most: number): Promise<Chain> {
  const file = writeCampaign(folder);
  const straight = join(folder, 'straight');
  const start = performance.now();
  await seatrial(campaignArgs(file, straight));
  const wholeMs = performance.now() - start;
  const random = createRandom(seed);
  const details: string[] = [];
  let defects = 0;
  const look = (ended: Ended): void => {
    defects += ended.defects.length;
    if (ended.defects.length > 0) details.push(told(ended));
  };
  let out = join(folder, 'killed-0');
  let campaigns = 1;
  let kills = 0;
  let late = 0;
  const compare = (): void => {
    const [wanted, found] = [counterexamples(straight), counterexamples(out)];
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      details.push(`${out}: ${Object.keys(found).join(', ')} instead of ${Object.keys(wanted).join(', ')}`);
  };
  let before: string[] = [];
  while (kills < most) {
    const ended = await seatrial(campaignArgs(file, out), (child) => {
      setTimeout(() => child.kill('SIGKILL'), random() * wholeMs * 1.2);
    });
    look(ended);
    if (ended.code === null) {
      kills += 1;
      const found = Object.keys(counterexamples(out));
      const lost = before.filter((name) => !found.includes(name));
      if (lost.length > 0) details.push(`kill ${kills} lost ${lost.join(', ')}`);
      if (found.length > 0) late += 1;
      before = found;
      continue;
    }
    compare();
    out = join(folder, `killed-${campaigns}`);
    campaigns += 1;
    before = [];
  }
  look(await seatrial(campaignArgs(file, out)));
  compare();
  const parts = readdirSync(folder, { recursive: true }).filter((name) =>
    String(name).endsWith('.feature.part'),
  );
  return { kills, late, campaigns, partsLeft: parts.length, details, defects };
}

export const killed: Check = {
  name: 'kill -9',
  plan(folder) {
    const chains: Chain[] = [];
    const jobs = Array.from({ length: CHAINS }, (_, i) => ({
      name: `chain ${i + 1}`,
      async run() {
        const own = join(folder, String(i));
        mkdirSync(own);
        const chain = await killOneAfterAnother(own, 7 + i, KILLS / CHAINS);
        chains.push(chain);
        return `${chain.kills} kills in ${chain.campaigns} campaigns, ${chain.details.length} differ`;
      },
    }));
    return {
      jobs,
      verdict() {
        const sum = (of: (chain: Chain) => number): number => chains.reduce((n, chain) => n + of(chain), 0);
        const details = chains.flatMap((chain) => chain.details);
        const parts = sum((chain) => chain.partsLeft);
        return {
          ok: details.length === 0,
          said:
            `${sum((chain) => chain.kills)} kills in ${sum((chain) => chain.campaigns)} campaigns, ` +
            `${sum((chain) => chain.late)} with something found, ` +
            `${details.length} differ${parts > 0 ? `, ${parts} parts left behind` : ''}`,
          details,
          defects: sum((chain) => chain.defects),
        };
      },
    };
  },
};
