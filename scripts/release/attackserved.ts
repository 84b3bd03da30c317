/** `attackserved.ts SEED REQUESTS`: hostile clients of a served cluster. Prints their tally as JSON. */
import { fuzzServed } from '../../src/fuzz/served.ts';

const [seed, requests] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await fuzzServed(seed!, requests!)));
