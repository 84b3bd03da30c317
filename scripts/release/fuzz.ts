/** Hostile input of every kind, some minutes of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { attacks, type Attack } from '../../src/fuzz/index.ts';
import type { Tally } from '../../src/fuzz/outcome.ts';
import { WORKING } from '../../src/fuzz/working.ts';
import type { Check } from './check.ts';
import { script, told } from './processes.ts';

const RECORDED = join(import.meta.dirname, '../../src/conformance/recordings/delete-background.yaml');

/** @param manifest path of one that can be explored */
export const attacksWith = (manifest: string): Attack[] =>
  attacks(manifest, parse(readFileSync(RECORDED, 'utf8')));

export const fuzz: Check = {
  name: 'fuzz',
  plan(folder) {
    const manifest = join(folder, 'a.yaml');
    writeFileSync(manifest, JSON.stringify(WORKING[0]));
    const details: string[] = [];
    let inputs = 0;
    let defects = 0;
    const jobs = attacksWith(manifest).map(({ name, many }) => ({
      name,
      async run() {
        const ended = await script('release/attack.ts', name, manifest);
        if (ended.code !== 0) {
          details.push(`${name}: ${told(ended)}`);
          defects += 1;
          return `exit ${ended.code}`;
        }
        const { counts, bad } = JSON.parse(ended.stdout) as Tally;
        inputs += many;
        defects += bad.length;
        for (const { input, outcome } of bad)
          details.push(
            `${name}, ${outcome.of} (${Math.round(outcome.tookMs)} ms): ${outcome.message}\n${input}`,
          );
        return (
          `${counts.accepted} accepted, ${counts.refused} refused, ${counts.defect} defects, ` +
          `${counts.late} late`
        );
      },
    }));
    return {
      jobs,
      verdict: () => ({
        ok: details.length === 0,
        said: `${inputs.toLocaleString('en')} inputs, ${details.length} neither accepted nor refused`,
        details,
        defects,
      }),
    };
  },
};
