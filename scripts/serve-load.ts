/**
 * `npm run serve:load`: 200 watchers and 50 writers over a served cluster for a minute, and whether its
 * memory stays flat. Fails where an event is lost, comes twice or in another order, where a watcher that
 * reads nothing is not cut off with 410, or where memory grows. Clients are a process of their own: what is
 * measured is the server's memory.
 * @example npm run serve:load -- 20
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Counts, type LoadResult, putLoad, type Target } from '../src/serve/node/testing.ts';
import { Listener } from '../src/serve/node/server.ts';
import { servedShop } from '../src/serve/testing.ts';

const WATCHERS = 200;
const WRITERS = 50;
const SLOW_WATCHERS = 5;
const MEASURED = 6;
/** How much more may be held at the end than after a third of the time. */
const GROWTH = 1.1;
/** A watcher that reads nothing is cut off after so much of the time. */
const PATIENCE = 1 / 6;

/** What the clients' process is told, and tells. */
interface Order {
  readonly target: Target;
  readonly seconds: number;
}
type Told = { readonly counts: Counts } | { readonly result: LoadResult };

function beClients(): void {
  process.once('message', ({ target, seconds }: Order) => {
    const began = performance.now();
    const passed = (): number => (performance.now() - began) / 1000;
    let told = 0;
    const tell = (message: Told): void => void process.send!(message);
    const load = {
      watchers: WATCHERS,
      writers: WRITERS,
      slowWatchers: SLOW_WATCHERS,
      writes: Number.POSITIVE_INFINITY,
      goesOn: () => passed() < seconds,
    };
    void putLoad(target, load, (counts) => {
      if (passed() < ((told + 1) * seconds) / MEASURED) return;
      told += 1;
      tell({ counts: counts() });
    }).then((result) => {
      tell({ result });
      process.disconnect();
    });
  });
}

const MIB = 1024 * 1024;
const WIDTHS = [5, 10, 12, 11, 11, 10];
const row = (...cells: (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell, i) => String(cell).padStart(WIDTHS[i]!)).join('')}\n`);

async function serveThem(seconds: number): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const served = servedShop('1', { changes: 5000, inputs: 5000 });
  const pace = { kind: 'rate', rate: 1 } as const;
  const listener = await Listener.listen(served, { port: 0, pace, patienceMs: seconds * PATIENCE * 1000 });
  const clients = fork(fileURLToPath(import.meta.url), ['clients']);
  const { url, certificates } = listener;
  clients.send({ target: { url, certificates }, seconds } satisfies Order);

  row('s', 'requests', 'events', 'reordered', 'heap MiB', 'RSS MiB');
  const held: number[] = [];
  const result = await new Promise<LoadResult>((resolve, reject) => {
    clients.on('message', (told: Told) => {
      if ('result' in told) return resolve(told.result);
      collect();
      const { heapUsed, rss } = process.memoryUsage();
      held.push(heapUsed / MIB);
      const { requests, events, reordered } = told.counts;
      const at = Math.round((held.length * seconds) / MEASURED);
      row(at, requests, events, reordered, Math.round(heapUsed / MIB), Math.round(rss / MIB));
    });
    clients.on('exit', (code) => reject(new Error(`the clients' process ended with ${code}`)));
  });
  await listener.close();

  const { writes, events, lost, reordered, cutOff, wrong } = result;
  const lines = [
    `${writes} writes, ${events} events for ${WATCHERS} watchers: ${lost} lost, ${reordered} reordered`,
    `${cutOff} of ${SLOW_WATCHERS} watchers that read nothing were cut off with 410`,
    ...wrong,
  ];
  const grows = held.at(-1)! > held[Math.floor(MEASURED / 3) - 1]! * GROWTH;
  if (grows) lines.push('memory is not flat');
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = wrong.length > 0 || cutOff < SLOW_WATCHERS || grows ? 1 : 0;
}

const [asked] = process.argv.slice(2);
if (asked === 'clients') beClients();
else await serveThem(Number(asked ?? 60));
