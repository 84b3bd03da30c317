/**
 * A campaign that is killed again and again, at any moment, comes to the end it would have come to, and loses
 * nothing it has found meanwhile.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from './random.ts';
import { campaignArgs, counterexamples, writeCampaign } from './campaign.ts';
import type { Check } from './check.ts';
import { seatrial } from './seatrial.ts';

const KILLS = 100;

export const killed: Check = {
  name: 'kill -9',
  async run(folder) {
    const file = writeCampaign(folder);
    const straight = join(folder, 'straight');
    const start = performance.now();
    await seatrial(campaignArgs(file, straight));
    const wholeMs = performance.now() - start;
    const random = createRandom(7);
    const details: string[] = [];
    let out = join(folder, 'killed-0');
    let campaigns = 1;
    let kills = 0;
    const compare = (): void => {
      const [wanted, found] = [counterexamples(straight), counterexamples(out)];
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        details.push(`${out}: ${Object.keys(found).join(', ')} instead of ${Object.keys(wanted).join(', ')}`);
    };
    let before: string[] = [];
    while (kills < KILLS) {
      const ended = await seatrial(campaignArgs(file, out), (child) => {
        setTimeout(() => child.kill('SIGKILL'), random() * wholeMs * 1.2);
      });
      if (ended.code === null) {
        kills += 1;
        if (existsSync(join(out, 'web-yaml'))) {
          const found = Object.keys(counterexamples(out));
          const lost = before.filter((name) => !found.includes(name));
          if (lost.length > 0) details.push(`kill ${kills} lost ${lost.join(', ')}`);
          before = found;
        }
        continue;
      }
      compare();
      out = join(folder, `killed-${campaigns}`);
      campaigns += 1;
      before = [];
    }
    await seatrial(campaignArgs(file, out));
    compare();
    const parts = readdirSync(folder, { recursive: true }).filter((name) =>
      String(name).endsWith('.feature.part'),
    );
    return {
      ok: details.length === 0,
      said: `${kills} kills in ${campaigns} campaigns, ${details.length} differ${parts.length > 0 ? `, ${parts.length} parts left behind` : ''}`,
      details,
    };
  },
};
