/**
 * `npm run features:seeds`: every bundled feature with seeds 1 to 20 (or `--seeds N`); names each that holds
 * with some of them only. What a scenario claims should hold by the rules of Kubernetes, not by one throw of
 * the dice.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBad, type RunRecord } from '../src/report/record.ts';

const root = join(import.meta.dirname, '..');
const at = process.argv.indexOf('--seeds');
const seeds = at < 0 ? 20 : Number(process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), 'seatrial-seeds-'));
const failing = new Map<string, number[]>();
try {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const json = join(folder, 'run.json');
    rmSync(json, { force: true });
    spawnSync(
      process.execPath,
      ['bin/seatrial.mjs', 'run', 'features', '--seed', String(seed), '--reports', folder, '--json', json],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
      },
    );
    const run = JSON.parse(readFileSync(json, 'utf8')) as RunRecord;
    const bad = run.features.flatMap((f) => f.scenarios.filter((s) => isBad(s.result)));
    for (const { id, name } of bad) {
      const key = `${id}  ${name}`;
      failing.set(key, [...(failing.get(key) ?? []), seed]);
    }
    console.log(
      `seed ${seed}: ${run.features.flatMap((f) => f.scenarios).length} scenarios, ${bad.length} failed`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [scenario, of] of [...failing].sort()) console.log(`${scenario}\n    fails with ${of.join(', ')}`);
console.log(`${failing.size} scenarios do not hold with every seed`);
process.exitCode = failing.size === 0 ? 0 : 1;
