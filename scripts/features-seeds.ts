/**
 * `npm run features:seeds`: every bundled feature with seeds 1 to 20 (or `--seeds N`); names each that holds
 * with some of them only. What a scenario claims should hold by the rules of Kubernetes, not by one throw of
 * the dice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inLanes } from './release/lanes.ts';
import { allFeatures } from './release/seeds.ts';

const at = process.argv.indexOf('--seeds');
const folder = mkdtempSync(join(tmpdir(), 'seatrial-seeds-'));
const { jobs, verdict } = allFeatures(at < 0 ? 20 : Number(process.argv[at + 1])).plan(folder);
try {
  await inLanes(
    jobs.map(
      ({ name, run }) =>
        async () =>
          console.log(`${name}: ${await run()}`),
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { ok, said, details } = verdict();
for (const line of details) console.log(line);
console.log(said);
process.exitCode = ok ? 0 : 1;
