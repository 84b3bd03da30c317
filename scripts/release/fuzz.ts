/** Hostile input of every kind, some minutes of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { attacks } from '../../src/fuzz/index.ts';
import { WORKING } from '../../src/fuzz/working.ts';
import type { Check } from './check.ts';

const RECORDED = join(import.meta.dirname, '../../src/conformance/recordings/delete-background.yaml');

export const fuzz: Check = {
  name: 'fuzz',
  async run(folder) {
    const manifest = join(folder, 'a.yaml');
    writeFileSync(manifest, JSON.stringify(WORKING[0]));
    const details: string[] = [];
    let inputs = 0;
    for (const { name, run, many } of attacks(manifest, parse(readFileSync(RECORDED, 'utf8')))) {
      const { counts, bad } = run(2, many);
      inputs += many;
      console.log(
        `  ${name}: ${counts.accepted} accepted, ${counts.refused} refused, ${counts.defect} defects, ${counts.late} late`,
      );
      for (const { input, outcome } of bad)
        details.push(
          `${name}, ${outcome.of} (${Math.round(outcome.tookMs)} ms): ${outcome.message}\n${input}`,
        );
    }
    return {
      ok: details.length === 0,
      said: `${inputs.toLocaleString('en')} inputs, ${details.length} neither accepted nor refused`,
      details,
    };
  },
};
