/**
 * All features with many seeds: what a scenario claims should hold by the rules of Kubernetes, not by one
 * throw of the dice.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBad, type RunRecord } from '../../src/report/record.ts';
import type { Check } from './check.ts';
import { seatrialOnAll, told } from './processes.ts';

/** @param seeds from 1 up to and with this one */
export const allFeatures = (seeds: number): Check => ({
  name: `features, seeds 1 to ${seeds}`,
  plan(folder) {
    /** Seeds by scenario. */
    const failing = new Map<string, number[]>();
    const details: string[] = [];
    let defects = 0;
    const jobs = Array.from({ length: seeds }, (_, i) => ({
      name: `seed ${i + 1}`,
      async run() {
        const own = join(folder, `seed-${i + 1}`);
        mkdirSync(own);
        const json = join(own, 'run.json');
        const ended = await seatrialOnAll([
          'run',
          'features',
          ...['--seed', String(i + 1), '--reports', own, '--json', json],
        ]);
        defects += ended.defects.length;
        if ((ended.code !== 0 && ended.code !== 1) || ended.defects.length > 0)
          details.push(`seed ${i + 1}: ${told(ended)}`);
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
        defects,
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
