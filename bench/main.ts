/**
 * `npm run bench`: what the simulator costs on this machine, against the aims. `--json` prints JSON; names
 * run only these rows, the long ones among them. Each row has a process of its own, so that none runs on what
 * V8 made of another's work. Medians of several runs; each row says how many. Figures of different machines
 * do not compare, ratios of one run do. V8 is told what the command and its workers tell it.
 */
import { spawnSync } from 'node:child_process';
import { tuneEngine } from '../src/cli/engine.ts';
import { Pool } from '../src/cli/explore/pool.ts';
import { freshBeginnings } from '../src/explore/freshbeginnings.ts';
import { runBatch, type Campaign } from '../src/explore/campaign.ts';
import { SCENES } from '../src/explore/mutants/scenes.ts';
import { invariantsHold } from '../src/explore/scene.ts';
import { standardKit } from '../src/dsl/kit.ts';
import { Cluster } from '../src/sim/cluster.ts';
import { play } from './play.ts';
import { manifest, median, seconds, timed, type Row } from './row.ts';
import { boot5000, fill, fork8000, phrase50000, readyPhrase, tailMemory } from './scale.ts';

/**
 * The rolling-reboot scenario as a property plays it: forked from a prepared cluster, another seed each run,
 * only a tail of history kept.
 */
function rollingReboots(): Row[] {
  tuneEngine('search');
  const base = Cluster.create({
    parts: standardKit.parts,
    seed: 'bench',
    nodes: 3,
    history: { keep: 'tail', tail: 200, hash: false },
  });
  play.apply(
    base,
    manifest('rolling-reboots/frontend.yaml') + '\n---\n' + manifest('rolling-reboots/frontend-pdb.yaml'),
  );
  play.everyPodReady(base);
  let seed = 0;
  const rateOf = (runs: number): number => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < runs; i += 1) {
      seed += 1;
      play.rollingReboot(base.fork({ seed }));
    }
    return runs / seconds(start);
  };
  const cold = rateOf(500);
  // V8 goes on compiling what is hot for some thousand runs.
  rateOf(2500);
  return [
    {
      name: 'rolling reboots of 3 nodes, as property runs',
      value: timed(5, () => rateOf(400)),
      unit: 'runs/s',
      aim: '600 runs/s',
      runs: 5,
    },
    { name: 'the first 500 of them in a process', value: cold, unit: 'runs/s', aim: '-', runs: 1 },
  ];
}

function eventsPerSecond(): Row {
  const rate = timed(5, () => {
    const cluster = Cluster.create({
      parts: standardKit.parts,
      seed: 'events',
      nodes: 10,
      history: { keep: 'tail', tail: 1000, hash: false },
    });
    play.apply(
      cluster,
      manifest('deployments/nginx-deployment.yaml').replace('replicas: 3', 'replicas: 200'),
    );
    play.everyPodReady(cluster);
    const before = cluster.kernel.handled;
    const start = process.hrtime.bigint();
    cluster
      .client()
      .patch('Deployment', 'default', 'nginx-deployment', 'strategic', {
        spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.16' }] } } },
      });
    cluster.settle(3_600_000);
    return (cluster.kernel.handled - before) / seconds(start);
  });
  return { name: 'kernel events in a rollout of 200 pods', value: rate, unit: 'events/s', aim: '-', runs: 5 };
}

function nodeFailure(): Row {
  const ms = timed(9, () => {
    const start = process.hrtime.bigint();
    const cluster = Cluster.create({ parts: standardKit.parts, seed: 'failure', nodes: 3 });
    play.apply(cluster, manifest('deployments/nginx-deployment.yaml'));
    play.everyPodReady(cluster);
    play.powerOff(cluster, 'node-1');
    cluster.pass(400_000);
    return seconds(start) * 1000;
  });
  return { name: 'node failure, cluster boot to replacement', value: ms, unit: 'ms', aim: '-', runs: 9 };
}

function idleWeek(): Row {
  const cluster = Cluster.create({
    parts: standardKit.parts,
    seed: 'idle',
    nodes: 1000,
    history: { keep: 'tail', tail: 1000, hash: false },
  });
  cluster.settle(600_000);
  // Idle is what has nothing left to do: the Events of its beginning expire in its second hour.
  cluster.pass(2 * 3_600_000);
  const took = timed(3, () => {
    const fork = cluster.fork();
    const start = process.hrtime.bigint();
    fork.pass(7 * 24 * 3_600_000);
    return seconds(start);
  });
  return {
    name: 'one idle virtual week of 1,000 nodes',
    value: took,
    unit: 's',
    aim: 'under 0.2 s',
    runs: 3,
  };
}

const exploring: Campaign = {
  name: 'bench',
  seed: 1,
  scene: SCENES.web,
  claims: [invariantsHold],
  faults: { min: 1, max: 5, withinMs: 600_000, of: 'all' },
};

/**
 * Runs of `seatrial explore`: up to five faults of any kind, everything healed, recovery, every invariant
 * asked.
 */
function campaignRuns(): Row {
  tuneEngine('search');
  const beginnings = freshBeginnings();
  let next = 0;
  const rate = timed(5, () => {
    const start = process.hrtime.bigint();
    runBatch(exploring, next, next + 200, beginnings);
    next += 200;
    return 200 / seconds(start);
  });
  return { name: 'campaign runs on one core', value: rate, unit: 'runs/s', aim: '-', runs: 5 };
}

const rebooting: Campaign = {
  name: 'bench',
  seed: 1,
  scene: [
    { op: 'clusterOf', nodes: ['node-1', 'node-2', 'node-3'].map((name) => ({ name })) },
    { op: 'manifest', text: manifest('rolling-reboots/frontend.yaml') },
    { op: 'manifest', text: manifest('rolling-reboots/frontend-pdb.yaml') },
    { op: 'everyPodReady' },
  ],
  claims: [invariantsHold],
  faults: { min: 1, max: 1, withinMs: 600_000, of: ['NodeRollingReboot'] },
};

/** How much faster two worker processes are than one, asked in turn, once all are warm. */
async function twoWorkers(name: string, campaign: Campaign, runs: number, aim: string): Promise<Row> {
  const rater = (workers: number): { rate: () => Promise<number>; close: () => Promise<void> } => {
    const pool = new Pool(workers);
    const batch = runs / 10;
    let next = 0;
    const rate = async (): Promise<number> => {
      const end = next + runs * workers;
      const start = process.hrtime.bigint();
      await Promise.all(
        Array.from({ length: workers }, async () => {
          while (next < end) {
            const from = next;
            next += batch;
            await pool.run<'batch'>({
              do: 'batch',
              campaign,
              from,
              to: from + batch,
              hash: false,
              untilMs: Number.MAX_SAFE_INTEGER,
            });
          }
        }),
      );
      return (runs * workers) / seconds(start);
    };
    return { rate, close: () => pool.close() };
  };
  const [one, two] = [rater(1), rater(2)];
  const ratios: number[] = [];
  for (let round = 0; round < 14; round += 1) {
    const alone = await one.rate();
    const together = await two.rate();
    if (round >= 5) ratios.push(together / alone);
  }
  await Promise.all([one.close(), two.close()]);
  return { name, value: median(ratios), unit: 'times', aim, runs: ratios.length };
}

/**
 * A lone worker has the second core for V8's garbage collector, the more the more it keeps: campaigns keep
 * more than rolling reboots.
 */
const workers = async (): Promise<Row[]> => [
  await twoWorkers('rolling reboots on two workers, against one', rebooting, 1200, '1.8 times'),
  await twoWorkers('campaign runs on two workers, against one', exploring, 400, '-'),
];

const ROWS: Record<string, () => Row | Row[] | Promise<Row | Row[]>> = {
  events: eventsPerSecond,
  'node-failure': nodeFailure,
  'rolling-reboots': rollingReboots,
  campaign: campaignRuns,
  workers,
  'idle-week': idleWeek,
  boot: boot5000,
  fork: fork8000,
  tail: tailMemory,
  large: fill(1000, 20_000, 'under 10 s', 'under 1.5 GB'),
  'ready-phrase': readyPhrase,
  'ready-phrase-50000': phrase50000,
  'large-50000': fill(5000, 50_000, 'under 60 s', 'under 1.5 GB'),
  'large-150000': fill(5000, 150_000, 'under 180 s', 'under 4 GB'),
};
/** Minutes each: they run when they are named. */
const LONG = ['ready-phrase', 'ready-phrase-50000', 'large-50000', 'large-150000'];

tuneEngine('command');

const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.filter((a) => !a.startsWith('--'));
const unknown = [
  ...wanted.filter((w) => !(w in ROWS)),
  ...args.filter((a) => a.startsWith('--') && a !== '--json'),
];
if (unknown.length > 0) {
  console.error(
    `bench: unknown ${unknown.join(', ')}; rows are: ${Object.keys(ROWS).join(', ')}; flag: --json`,
  );
  process.exitCode = 2;
} else {
  const keys = Object.keys(ROWS).filter((key) =>
    wanted.length === 0 ? !LONG.includes(key) : wanted.includes(key),
  );
  const inOwnProcess = (key: string): Row[] => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [...process.execArgv, import.meta.filename, key, '--json'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (status !== 0) throw new Error(`${key} did not come to its end`);
    return JSON.parse(stdout) as Row[];
  };
  const rows = keys.length === 1 ? [await ROWS[keys[0]!]!()].flat() : keys.flatMap(inOwnProcess);
  if (json) console.log(JSON.stringify(rows, undefined, 2));
  else {
    const text = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 1 ? n.toFixed(2) : n.toFixed(4));
    const width = Math.max(...rows.map((r) => r.name.length));
    for (const r of rows)
      console.log(
        `${r.name.padEnd(width)}  ${text(r.value).padStart(8)} ${r.unit.padEnd(8)}  aim ${r.aim}  (median ` +
          `of ${r.runs})`,
      );
  }
}
