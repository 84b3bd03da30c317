/**
 * `attack.ts NAME MANIFEST`: one attack of the fuzz suite at the size of a release, in a process of its own.
 * Prints its tally as JSON.
 */
import { attacksWith } from './fuzz.ts';

const SEED = 2;
const [name, manifest] = process.argv.slice(2);
const { run, many } = attacksWith(manifest!).find((attack) => attack.name === name)!;
console.log(JSON.stringify(run(SEED, many)));
