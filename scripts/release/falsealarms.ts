/**
 * No false alarm: workloads of mixed kinds under every fault, whose invariants hold of Kubernetes whatever
 * strikes. What is found here is wrong in an invariant, or in the simulator.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counterexamples } from './campaign.ts';
import type { Check } from './check.ts';
import { seatrial, told } from './processes.ts';
import { SCENES } from './scenes.ts';

const RUNS = 100_000;

export const falseAlarms: Check = {
  name: 'false alarms',
  plan(folder) {
    const scenes = Object.entries(SCENES);
    const each = Math.ceil(RUNS / scenes.length);
    const details: string[] = [];
    let played = 0;
    let defects = 0;
    const jobs = scenes.map(([name, manifest]) => ({
      name,
      async run() {
        const own = join(folder, name);
        mkdirSync(own);
        const file = join(own, `${name}.yaml`);
        writeFileSync(file, manifest);
        const ended = await seatrial([
          'explore',
          file,
          ...['--runs', String(each), '--workers', '1'],
          ...['--nodes', '4', '--zones', '2'],
          ...['--reports', own],
        ]);
        const runs = Number(/^([\d,]+) runs/m.exec(ended.output)?.[1]?.replaceAll(',', '') ?? 0);
        played += runs;
        // That a Service goes without Pods for a while is no alarm of an invariant.
        const alarms = Object.values(counterexamples(join(own, 'explore'), `${name}-yaml`)).filter((text) =>
          /^ *Scenario: .*invariant/m.test(text),
        );
        const { code } = ended;
        defects += ended.defects.length;
        if (alarms.length > 0 || (code !== 0 && code !== 1) || ended.defects.length > 0)
          details.push(`${name}: ${[...alarms, told(ended)].join('\n')}`);
        return `${runs.toLocaleString('en')} runs, ${alarms.length} alarms, exit ${code}`;
      },
    }));
    return {
      jobs,
      verdict: () => ({
        ok: details.length === 0 && played >= RUNS,
        said: `${scenes.length} scenes, ${played.toLocaleString('en')} runs, ${details.length} with findings`,
        details,
        defects,
      }),
    };
  },
};
