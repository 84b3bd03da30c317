// A cluster from plain TypeScript: play, fork, ask kubectl, and ask why.
import { readFileSync } from 'node:fs';
import { ClaimError, Cluster, runKubectl, Scenario } from 'seatrial';

const manifest = readFileSync(new URL('../shop.yaml', import.meta.url), 'utf8');

// Steps in words, or as data. One seed, one history.
const shop = new Scenario({ seed: 7 })
  .say('Given a cluster with 3 nodes')
  .say('And the manifest:', manifest)
  .say('And every pod is ready');

// Two futures of one past.
const calm = shop.fork().play({ op: 'pass', durationMs: 600_000 });
const storm = shop
  .fork()
  .say('When every node loses power for 2 minutes')
  .play({ op: 'pass', durationMs: 480_000 });
console.log(calm.kubectl('get pods').stdout);
console.log(storm.kubectl('get pods').stdout);

// A claim that does not hold says since when, what was found, and because of what.
try {
  storm.say('Then at every moment at least 1 pod matching "app=shop" was ready');
  throw new Error('a cluster without power served its customers');
} catch (error) {
  if (!(error instanceof ClaimError)) throw error;
  console.log(error.message);
}

// Below the language: the cluster itself. Times are virtual milliseconds.
const cluster = Cluster.create({ seed: 7, nodes: 2 });
runKubectl(cluster, ['apply', '-f', '-'], { readFile: () => '', stdin: manifest });
cluster.pass(60_000);
const [pod] = cluster.client().list('Pod', { namespace: 'default' });
const last = cluster.history.at(-1);
console.log(`${pod?.metadata.name} is ${pod?.status.phase} after ${cluster.now / 1000} s`);
const causes = last === undefined ? 0 : cluster.causes(last.id).length - 1;
console.log(`the last change has ${causes} causes behind it`);
console.log(`history ${cluster.hash()}`);
