/**
 * No false alarm: workloads of mixed kinds under every fault, whose invariants hold of Kubernetes whatever
 * strikes. What is found here is wrong in an invariant, or in the simulator.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { counterexamples } from './campaign.ts';
import { SCENES } from './scenes.ts';
import { seatrial } from './seatrial.ts';

const RUNS = 100_000;

export const falseAlarms: Check = {
  name: 'false alarms',
  async run(folder) {
    const details: string[] = [];
    const names = Object.keys(SCENES);
    const each = Math.ceil(RUNS / names.length);
    let played = 0;
    for (const [name, manifest] of Object.entries(SCENES)) {
      mkdirSync(join(folder, name));
      const file = join(folder, name, `${name}.yaml`);
      writeFileSync(file, manifest);
      const args = [
        'explore',
        file,
        '--runs',
        String(each),
        '--nodes',
        '4',
        '--zones',
        '2',
        '--reports',
        join(folder, name),
      ];
      const { code, output } = await seatrial(args);
      played += Number(/^([\d,]+) runs/m.exec(output)?.[1]?.replaceAll(',', '') ?? 0);
      // That a Service goes without Pods for a while is no alarm of an invariant.
      const alarms = Object.values(counterexamples(join(folder, name, 'explore'), `${name}-yaml`)).filter(
        (text) => /^ *Scenario: .*invariant/m.test(text),
      );
      if (alarms.length > 0 || (code !== 0 && code !== 1))
        details.push(`${name}: exit ${code}\n${[...alarms, output.slice(-3000)].join('\n')}`);
    }
    return {
      ok: details.length === 0 && played >= RUNS,
      said: `${names.length} scenes, ${played.toLocaleString('en')} runs, ${details.length} with findings`,
      details,
    };
  },
};
