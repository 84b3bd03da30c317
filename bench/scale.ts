/** What large clusters cost: to boot, to fill, to fork, to remember. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { standardKit } from '../src/dsl/kit.ts';
import { Cluster } from '../src/sim/cluster.ts';
import type { HistoryMode } from '../src/sim/kernel/history.ts';
import { play } from './play.ts';
import { manifest, median, seconds, timed, type Row } from './row.ts';

const TAIL: HistoryMode = { keep: 'tail', tail: 1000, hash: false };

/** More requests a second than anybody makes. */
const MOST = 1e6;

const count = (n: number): string => n.toLocaleString('en');

function boot(nodes: number, history: HistoryMode = TAIL): Cluster {
  return Cluster.create({
    parts: standardKit.parts,
    seed: 'large',
    // What is measured is the simulator's pace, not that of clients that hold themselves back.
    config: {
      controllerManagerKubeAPIQPS: -1,
      schedulerKubeAPIQPS: -1,
      kubeletKubeAPIQPS: MOST,
      kubeletKubeAPIBurst: MOST,
    },
    history,
    nodes: Array.from({ length: nodes }, (_, i) => ({
      name: `node-${i + 1}`,
      cpu: '32',
      memory: '128Gi',
      zone: `zone-${'abc'[i % 3]}`,
    })),
  });
}

/** Deployments of a thousand replicas each. */
function apply(cluster: Cluster, pods: number): void {
  const template = manifest('deployments/nginx-deployment.yaml');
  for (let i = 0; i < pods / 1000; i += 1) {
    play.apply(
      cluster,
      template
        .replace('replicas: 3', 'replicas: 1000')
        .replaceAll('nginx-deployment', `web-${i}`)
        .replaceAll('component: nginx', `component: web-${i}`),
    );
  }
}

function untilReady(cluster: Cluster, pods: number): void {
  if (!cluster.runUntil(() => play.readyReplicas(cluster) === pods, 3_600_000))
    throw new Error(`only ${play.readyReplicas(cluster)} of ${pods} pods became Ready`);
}

/** From nothing to all Pods Ready. */
export const fill = (nodes: number, pods: number, aimS: string, aimGb: string) => (): Row[] => {
  const start = process.hrtime.bigint();
  const cluster = boot(nodes);
  apply(cluster, pods);
  untilReady(cluster, pods);
  const took = seconds(start);
  const { rss } = process.memoryUsage();
  return [
    {
      name: `${count(nodes)} nodes, ${count(pods)} pods created, scheduled, Ready`,
      value: took,
      unit: 's',
      aim: aimS,
      runs: 1,
    },
    { name: 'memory of that (resident)', value: rss / 1e9, unit: 'GB', aim: aimGb, runs: 1 },
  ];
};

/** From nothing to `every pod is ready`, with the whole history kept, as a scenario plays it. */
export function phrase50000(): Row[] {
  const start = process.cpuUsage();
  const cluster = boot(5000, { keep: 'all' });
  apply(cluster, 50_000);
  play.everyPodReady(cluster);
  const { user, system } = process.cpuUsage(start);
  const { rss } = process.memoryUsage();
  const name = '"every pod is ready" of 50,000 pods on 5,000 nodes';
  return [
    { name: `${name}, CPU time`, value: (user + system) / 1e6, unit: 's', aim: 'under 120 s', runs: 1 },
    { name: 'memory of that (resident)', value: rss / 1e9, unit: 'GB', aim: 'under 1.5 GB', runs: 1 },
  ];
}

/**
 * How much more CPU time the phrase takes than asking the Deployments, both with the whole history kept.
 */
export function readyPhrase(): Row {
  const took = (wait: (cluster: Cluster) => void): number => {
    const start = process.cpuUsage();
    const cluster = boot(1000, { keep: 'all' });
    apply(cluster, 20_000);
    wait(cluster);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  const asked = took((cluster) => untilReady(cluster, 20_000));
  const said = took(play.everyPodReady);
  return {
    name: '"every pod is ready" of 20,000 pods, against asking the Deployments',
    value: said / asked,
    unit: 'times',
    aim: 'under 1.3 times',
    runs: 1,
  };
}

export function boot5000(): Row {
  const took = timed(3, () => {
    const start = process.hrtime.bigint();
    boot(5000);
    return seconds(start);
  });
  return { name: 'boot of 5,000 nodes', value: took, unit: 's', aim: 'under 6 s', runs: 3 };
}

export function fork8000(): Row[] {
  const cluster = boot(400);
  apply(cluster, 8000);
  untilReady(cluster, 8000);
  const forks: number[] = [];
  const minutes: number[] = [];
  for (let seed = 0; seed < 21; seed += 1) {
    const start = process.hrtime.bigint();
    const fork = cluster.fork({ seed });
    forks.push(seconds(start) * 1000);
    const pod = fork.client().list('Pod', { namespace: 'default' })[seed]!;
    const after = process.hrtime.bigint();
    fork.client().delete('Pod', 'default', pod.metadata.name);
    fork.pass(60_000);
    minutes.push(seconds(after) * 1000);
  }
  return [
    {
      name: 'fork of 8,000 pods on 400 nodes',
      value: median(forks),
      unit: 'ms',
      aim: 'under 20 ms',
      runs: 21,
    },
    { name: 'a pod deleted in it, and a minute', value: median(minutes), unit: 'ms', aim: '-', runs: 21 },
  ];
}

/** What is held after a full garbage collection, in MB. */
function heldMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

/**
 * How memory grows with a history of which only the end is kept: rollout after rollout, once recorders
 * remember as many Events as they may and the first of those have expired.
 */
export function tailMemory(): Row {
  const cluster = Cluster.create({
    parts: standardKit.parts,
    seed: 'tail',
    nodes: 3,
    history: { keep: 'tail', tail: 1000, hash: false },
  });
  play.apply(cluster, manifest('deployments/nginx-deployment.yaml').replace('replicas: 3', 'replicas: 60'));
  play.everyPodReady(cluster);
  let rollouts = 0;
  const rollOut = (times: number): void => {
    for (let i = 0; i < times; i += 1) {
      rollouts += 1;
      const image = `nginx:1.${15 + (rollouts % 2)}`;
      cluster
        .client()
        .patch('Deployment', 'default', 'nginx-deployment', 'strategic', {
          spec: { template: { spec: { containers: [{ name: 'nginx', image }] } } },
        });
      cluster.pass(600_000);
    }
  };
  rollOut(80);
  const [held, entries] = [heldMb(), cluster.kernel.log.count];
  rollOut(80);
  const grown = (heldMb() - held) / ((cluster.kernel.log.count - entries) / 100_000);
  return {
    name: 'memory per 100,000 entries of history, a tail kept',
    value: grown,
    unit: 'MB',
    aim: 'under 1 MB',
    runs: 1,
  };
}
