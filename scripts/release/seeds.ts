/**
 * All features with many seeds: what a scenario claims should hold by the rules of Kubernetes, not by one
 * throw of the dice.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBad, type RunRecord } from '../../src/report/record.ts';
import type { Check } from './check.ts';
import { DEFECT, seatrialOnAll } from './processes.ts';

/** @param seeds from 1 up to and with this one */
export const allFeatures = (seeds: number): Check => ({
  name: `features, seeds 1 to ${seeds}`,
  plan(folder) {
    /** Seeds by scenario. */
    const failing = new Map<string, number[]>();
    const details: string[] = [];
    const jobs = Array.from({ length: seeds }, (_, i) => ({
      name: `seed ${i + 1}`,
      async run() {
        const own = join(folder, `seed-${i + 1}`);
        mkdirSync(own);
        const json = join(own, 'run.json');
        const { code, output } = await seatrialOnAll([
          'run',
          'features',
          ...['--seed', String(i + 1), '--reports', own, '--json', json],
        ]);
        if ((code !== 0 && code !== 1) || output.includes(DEFECT))
          details.push(`seed ${i + 1}: exit ${code}\n${output.slice(-3000)}`);
        const { features } = JSON.parse(readFileSync(json, 'utf8')) as RunRecord;
        const scenarios = features.flatMap((f) => f.scenarios);
        const bad = scenarios.filter((s) => isBad(s.result));
        for (const { id, name } of bad) {
          const key = `${id}  ${name}`;
          failing.set(key, [...(failing.get(key) ?? []), i + 1]);
        }
        return `${scenarios.length} scenarios, ${bad.length} failed`;
      },
    }));
    return {
      jobs,
      verdict: () => ({
        ok: failing.size === 0 && details.length === 0,
        said: `${failing.size} scenarios do not hold with every seed`,
        details: [
          ...details,
          ...[...failing]
            .sort()
            .map(([scenario, of]) => `${scenario}\n    fails with ${of.sort((a, b) => a - b).join(', ')}`),
        ],
      }),
    };
  },
});
