/**
 * `npm run serve:load`: 200 watchers and 50 writers over a served cluster for a minute, and whether its
 * memory stays flat. Fails where an event is lost, comes twice or in another order, or where memory grows.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { putLoad } from '../src/serve/node/testing.ts';
import { Listener } from '../src/serve/node/server.ts';
import { servedShop } from '../src/serve/testing.ts';

const SECONDS = Number(process.argv[2] ?? 60);
/** How much more may be held at the end than after a third of the time. */
const GROWTH = 1.25;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heldMiB(): number {
  collect();
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
}

const served = servedShop('1', { changes: 5000, inputs: 5000 });
const listener = await Listener.listen(served, { port: 0, pace: { kind: 'rate', rate: 1 } });
const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;
const held: number[] = [];
const result = await putLoad(
  listener,
  { watchers: 200, writers: 50, writes: Number.POSITIVE_INFINITY, goesOn: () => seconds() < SECONDS },
  () => {
    if (seconds() >= ((held.length + 1) * SECONDS) / 6) held.push(heldMiB());
  },
);
await listener.close();
const { writes, events, wrong } = result;
process.stdout.write(
  `${writes} writes and ${events} events in ${Math.round(seconds())} s; held: ${held.join(', ')} MiB\n`,
);
for (const line of wrong) process.stdout.write(`${line}\n`);
const [, early = 0] = held;
const grows = (held.at(-1) ?? 0) > early * GROWTH + 20;
if (grows) process.stdout.write('memory is not flat\n');
process.exitCode = wrong.length > 0 || grows ? 1 : 0;
