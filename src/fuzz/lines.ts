/**
 * kubectl lines, schedules of faults, recorded scenarios and flags, each with what may stand in its places.
 */
import fc from 'fast-check';
import { campaignsOf, type ExploreOptions, USUAL } from '../cli/explore/asked.ts';
import { UsageError } from '../cli/exit.ts';
import { replayScenario } from '../conformance/replay.ts';
import { readScenario } from '../conformance/scenario.ts';
import { InputError } from '../dsl/errors.ts';
import { standardKit } from '../dsl/kit.ts';
import { filesOf, Scenario } from '../dsl/scenario.ts';
import { placesOf, withAt } from './manifests.ts';
import { count, emptyTally, outcomeOf, type Tally } from './outcome.ts';
import { edge, samples } from './values.ts';
import { WORKING } from './working.ts';

const VERBS = [
  'get',
  'describe',
  'delete',
  'scale',
  'patch',
  'label',
  'annotate',
  'taint',
  'cordon',
  'uncordon',
  'drain',
  'rollout',
  'set',
  'wait',
  'logs',
  'exec',
  'create',
  'apply',
  'expose',
  'run',
  'edit',
  'top',
  'api-resources',
  'api-versions',
  'explain',
  'auth',
  '',
  'geet',
];
const WORDS = [
  'pods',
  'pod',
  'deploy/a',
  'deployment',
  'a',
  'nodes',
  'node/node-1',
  'node-1',
  'all',
  'svc',
  'status',
  'restart',
  'undo',
  'history',
  'pause',
  'image',
  'ns',
  'x',
  'c=nginx:2',
  'app=b',
  'app-',
  'k=v:NoSchedule',
  'k:NoExecute-',
  '--',
  'ls',
  'pods,svc',
  'a/b/c',
  '""',
  'deploy',
  'pdb/a',
  'job',
  'x=y=z',
  'job',
  'j',
  'cronjob/c',
  'jobs,cronjobs,hpa',
  'hpa',
  'pvc',
  'pv,sc',
  'limits',
  'configmap',
  'secret generic',
  'quota',
  'token',
  'clusterrole',
  'sh -c',
  'cat /data/x',
];
const FLAGS = [
  '-A',
  '-o wide',
  '-o yaml',
  '-o json',
  '-o name',
  '-o jsonpath={.items[*].metadata.name}',
  '-o jsonpath={.items[',
  '-o custom-columns=A:.metadata.name',
  '-o custom-columns=',
  '-o go-template={{.x}}',
  '-o',
  '-l app=a',
  '-l app in (',
  '-l "app in (a,b)"',
  '-n nobody',
  '--field-selector spec.nodeName=node-1',
  '--field-selector x=y',
  '--replicas=3',
  '--replicas=-1',
  '--replicas=x',
  '--timeout=5s',
  '--timeout=x',
  '--force',
  '--ignore-daemonsets',
  '--delete-emptydir-data',
  '--for=condition=Ready',
  '--for=delete',
  '--for=jsonpath={.x}=y',
  '-w',
  '--all',
  '--overwrite',
  '--cascade=orphan',
  '--grace-period=0',
  '--grace-period=-5',
  '--image=nginx',
  '-p {"spec":null}',
  '-p [',
  '--type=json',
  '--sort-by=.metadata.name',
  '--sort-by=.x[',
  '--subresource=status',
  '-f -',
  '-f nowhere.yaml',
  '--dry-run=server',
  '--dry-run=x',
  '--show-labels',
  '-L app',
  '--tail=-1',
  '-c nobody',
  '--unknown',
  '-o=',
  '--revision=99',
  '--to-revision=0',
  '--from=cronjob/c',
  '--from-literal=a=b',
  '--from-literal=a',
  '--from-file=nowhere',
  '--schedule="* * * * *"',
  '--schedule=x',
  '--hard=pods=x',
  '--containers',
  '--sum',
  '--sort-by=cpu',
  '--no-headers',
  '--min=5 --max=1',
  '--cpu-percent=0',
  '--restart=Never',
  '--previous',
  '--since=-1s',
];

/** A line as somebody may mistype it. */
export const kubectlLine = fc
  .tuple(
    fc.constantFrom(...VERBS),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
    fc.array(fc.constantFrom(...FLAGS), { maxLength: 3 }),
  )
  .map(([verb, words, flags]) => [verb, ...words, ...flags].join(' '));

/** Runs kubectl lines on a cluster with something of everything. */
export function fuzzLines(seed: number, runs: number): Tally {
  const tally = emptyTally();
  const base = new Scenario({ seed })
    .say('Given a cluster with 2 nodes')
    .say('Given the manifest:', WORKING.map((w) => JSON.stringify(w)).join('\n---\n'))
    .say('When 1 minute passes');
  for (const text of samples(kubectlLine, seed, runs))
    count(
      tally,
      text,
      outcomeOf(() => void base.fork().kubectl(text)),
    );
  return tally;
}

const SCHEDULE = {
  faults: [
    { fault: 'PodDelete', at: '5s', target: 'one pod matching app=a' },
    { fault: 'NodePowerLoss', at: '10s', target: 'node-1', for: '30s' },
    {
      sequence: [
        { fault: 'NodeDrain', target: 'node-2', for: '20s' },
        { fault: 'NodeReboot', target: 'node-2', for: '30s' },
      ],
    },
    { at: '1m', every: '20s', times: 2, do: { fault: 'PodDelete', target: 'one pod matching app=a' } },
  ],
};

const changed = (object: unknown): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(...placesOf(object))
    .chain((place) =>
      fc.oneof(fc.constant(undefined), edge).map((next) => withAt(object, place, next) ?? null),
    );

/** Plays schedules of faults. */
export function fuzzSchedules(seed: number, runs: number): Tally {
  const tally = emptyTally();
  for (const schedule of samples(changed(SCHEDULE), seed, runs)) {
    const text = JSON.stringify(schedule);
    const files = filesOf({ 'faults.yaml': text, 'a.yaml': JSON.stringify(WORKING[1]) });
    count(
      tally,
      text,
      outcomeOf(() => {
        new Scenario({ seed, files })
          .say('Given a cluster with 2 nodes')
          .say('Given the manifests in "a.yaml"')
          .say('When 1 minute passes')
          .say('When the faults in "faults.yaml" strike');
      }),
    );
  }
  return tally;
}

/** Replays recorded scenarios. @param recorded the text of one, as an object */
export function fuzzReplays(seed: number, runs: number, recorded: unknown): Tally {
  const tally = emptyTally();
  for (const scenario of samples(changed(recorded), seed, runs)) {
    const text = JSON.stringify(scenario);
    count(
      tally,
      text,
      outcomeOf(() => void replayScenario(readScenario(text, 'fuzz.yaml'), { seed })),
    );
  }
  return tally;
}

const OPTIONS: ExploreOptions = { ...USUAL, out: 'unused', delays: '0s' };
const flag = fc.constantFrom<keyof ExploreOptions>(
  'seed',
  'nodes',
  'zones',
  'min',
  'max',
  'within',
  'cpu',
  'memory',
  'faults',
  'runs',
  'timeLimit',
  'workers',
);
const given = fc.constantFrom(
  '',
  '0',
  '-1',
  'abc',
  '1e9',
  '1e999999999',
  '99999999999999999999',
  '3',
  '1h',
  '10Gi',
  'PodDelete',
  'PodDelete,,x',
  '*',
  '\u0000',
);

/** Reads what the command line of `explore` asks for. @param manifest path of a file that can be explored */
export function fuzzFlags(seed: number, runs: number, manifest: string): Tally {
  const tally = emptyTally();
  for (const flags of samples(fc.array(fc.tuple(flag, given), { minLength: 1, maxLength: 3 }), seed, runs)) {
    const options = { ...OPTIONS, ...Object.fromEntries(flags) } as ExploreOptions;
    count(
      tally,
      JSON.stringify(flags),
      outcomeOf(() => {
        try {
          campaignsOf([manifest], options, standardKit);
        } catch (error) {
          throw error instanceof UsageError ? new InputError(error.message) : error;
        }
      }),
    );
  }
  return tally;
}
