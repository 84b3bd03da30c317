/**
 * `npm run mutants`: whether the search finds the planted bugs. For each: found or not, after how many runs
 * and seconds on one core, by which invariant, and how many faults the shrunk scenario holds; `NOT ITS` is a
 * scenario that fails without the bug, too. `--json` prints JSON, `--show` the scenarios; names look for
 * those only.
 */
import { MUTANTS } from '../src/explore/mutants/index.ts';
import { hunt } from '../src/explore/mutants/find.ts';
import { bugsAsked, cpuMs } from './planted.ts';

const args = process.argv.slice(2);
const names = bugsAsked('mutants', '--json, --show', (word) => ['--json', '--show'].includes(word));

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const results = [];
for (const mutant of MUTANTS) {
  if (names.length > 0 && !names.includes(mutant.bug)) continue;
  const { runs, found, failsWithout, seconds, shrunkSeconds } = hunt(mutant, {
    seed: 1,
    runs: 5000,
    limitMs: 60_000,
    clock: cpuMs,
  });
  const row = {
    bug: mutant.bug,
    scene: mutant.scene,
    found: found !== undefined && !failsWithout,
    failsWithout,
    runs,
    seconds,
    shrunkSeconds,
    size: found?.size,
    claim: found?.claim.replace(/^Then (?:invariant )?/, '').replace(/ holds$/, ''),
  };
  results.push(row);
  if (!args.includes('--json')) {
    console.log(
      `${row.found ? 'found    ' : failsWithout ? 'NOT ITS  ' : 'NOT FOUND'} ${row.bug.padEnd(32)} ` +
        `${String(runs).padStart(5)} runs ${seconds.toFixed(2).padStart(7)} s ` +
        `${shrunkSeconds.toFixed(2).padStart(7)} s shrunk  ${row.size ?? '-'} faults  ${row.claim ?? ''}`,
    );
    if (args.includes('--show') && found !== undefined)
      console.log(
        `${found.feature.slice(found.feature.indexOf('every pod is ready'))}\n` +
          `${found.message.split('\n').slice(0, 3).join('\n')}\n`,
      );
  }
}
const hits = results.filter((r) => r.found);
if (args.includes('--json')) console.log(JSON.stringify(results, undefined, 2));
else {
  console.log(
    `\n${hits.length} of ${results.length} found; median ${median(hits.map((r) => r.seconds)).toFixed(2)} ` +
      `s to find, ${median(hits.map((r) => r.shrunkSeconds)).toFixed(2)} s with shrinking; ` +
      `${hits.filter((r) => (r.size ?? 9) <= 3).length} shrunk to at most 3 faults`,
  );
}
process.exitCode = hits.length === results.length ? 0 : 1;
