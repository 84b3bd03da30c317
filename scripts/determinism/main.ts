/**
 * `npm run determinism`: plays the plans and compares with the hashes that are held; exit 1 where one
 * differs. `-- --accept` holds those found: after a change that is meant to change histories.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashesOfPlans } from './plans.ts';

const file = join(import.meta.dirname, 'hashes.txt');
const found = hashesOfPlans();
if (process.argv.includes('--accept')) {
  writeFileSync(file, `${found.join('\n')}\n`);
  console.log(`determinism: the hashes of ${found.length} plans are held in scripts/determinism/hashes.txt`);
} else {
  const held = readFileSync(file, 'utf8').trim().split('\n');
  const differ = found.flatMap((hash, i) => (hash === held[i] ? [] : [i]));
  if (differ.length === 0 && found.length === held.length) {
    console.log(`determinism: ${found.length} plans have the histories that are held`);
  } else {
    console.error(
      `determinism: ${differ.length} of ${found.length} plans have other histories than those held (the ` +
        `first: plan ${differ[0] ?? held.length}).\n` +
        'Where a change is meant to change histories: npm run determinism -- --accept',
    );
    process.exitCode = 1;
  }
}
