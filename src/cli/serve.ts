/** `seatrial serve`: a simulated cluster behind Kubernetes' API, on this machine's own address. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Operation } from '../dsl/operations/operation.ts';
import { countOf } from '../dsl/tags.ts';
import { filesIn } from '../files.ts';
import { writeSecret, writeWhole } from '../report/writing.ts';
import { EPOCH } from '../sim/api/time.ts';
import { type InputLog, Listener, logOf, Served } from '../serve/index.ts';
import { UsageError } from './exit.ts';
import { KUBECONFIG } from './options.ts';
import { tell } from './output.ts';
import { paceFrom } from './pace.ts';
import { portError, portOf } from './port.ts';

interface ServeOptions {
  readonly nodes: string;
  readonly seed: string;
  readonly port: string;
  readonly clock: string;
  readonly start?: string;
  readonly kubeconfig: string;
  readonly log?: string;
  readonly replay?: string;
  readonly setting: readonly string[];
}

/** How long after its beginning a cluster's clock is to stand at real time. @throws UsageError */
function sinceEpoch(text: string): number {
  if (text !== 'now') throw new UsageError(`--start takes now, not "${text}"`);
  return Date.now() - EPOCH;
}

/** @throws UsageError */
function settingOf(text: string): Operation {
  const cut = text.indexOf('=');
  if (cut < 1) throw new UsageError(`--setting takes NAME=VALUE, not "${text}"`);
  return { op: 'setting', name: text.slice(0, cut), value: text.slice(cut + 1) };
}

function startOf(manifests: readonly string[], { nodes, start, setting }: ServeOptions): Operation[] {
  return [
    ...setting.map(settingOf),
    { op: 'cluster', nodes: countOf('--nodes', nodes, '--nodes 3') },
    ...(start === undefined ? [] : [{ op: 'pass', durationMs: sinceEpoch(start) } as const]),
    ...manifests.map((path): Operation => ({ op: 'manifestsIn', path })),
  ];
}

/** @throws UsageError for what is no log */
function logIn(path: string): InputLog {
  let held: unknown;
  try {
    held = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as a log: ${(error as Error).message}`);
  }
  const log = logOf(held);
  if (log === undefined)
    throw new UsageError(`${path} is no log of a served cluster, which "seatrial serve --log FILE" writes`);
  return log;
}

async function serve(manifests: readonly string[], options: ServeOptions): Promise<void> {
  if (options.replay !== undefined) {
    const { cluster } = Served.replay(logIn(options.replay));
    return tell(`replayed to ${cluster.now} ms; history hash ${cluster.hash()}`);
  }
  const pace = paceFrom(options.clock);
  const port = portOf(options.port);
  const served = Served.begin({
    seed: options.seed,
    start: startOf(manifests, options),
    files: filesIn(process.cwd()),
    ...(options.log === undefined ? {} : { keeps: { inputs: Number.POSITIVE_INFINITY } }),
  });
  let listener: Listener;
  try {
    listener = await Listener.listen(served, { port, pace });
  } catch (error) {
    throw portError(port, error);
  }
  const kubeconfig = resolve(options.kubeconfig);
  writeSecret(kubeconfig, listener.kubeconfig);
  tell(`Kubernetes API: ${listener.url} (Ctrl-C ends it)`);
  tell(`export KUBECONFIG=${kubeconfig}`);
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await listener.close();
  if (options.log !== undefined) writeWhole(resolve(options.log), `${JSON.stringify(served.log)}\n`);
  tell(`ended at ${served.now} ms; history hash ${served.cluster.hash()}`);
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description("serve a simulated cluster over Kubernetes' API, to kubectl and any client on this machine")
    .argument('[manifests...]', 'what the cluster begins with: files and folders')
    .option('--nodes <count>', 'nodes of the cluster', '3')
    .option('--seed <seed>', 'seed of everything that is left to chance', '1')
    .option('--port <port>', 'on which it is served; 0: any that is free', '0')
    .option('--clock <pace>', 'live, x10 and its like, frozen, or settle', 'live')
    .option('--start <moment>', 'now: its clock begins at real time, so that ages are right in every client')
    .option(
      '--setting <name=value>',
      'a setting of the cluster, as features know them (may be given again)',
      (value: string, given: readonly string[]) => [...given, value],
      [],
    )
    .option('--kubeconfig <file>', 'where the kubeconfig is written', KUBECONFIG)
    .option('--log <file>', 'where its inputs are written when it ends')
    .option('--replay <log>', 'play a log again without a socket, and say the hash of its history')
    .action(serve);
}
