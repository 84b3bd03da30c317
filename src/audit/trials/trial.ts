/** What an audit does to a cluster, once. */
import type { Attachment } from '../../dsl/phrases/phrase.ts';
import type { Operation } from '../../dsl/operations/operation.ts';
import { readStep } from '../../dsl/scenario.ts';
import type { Manifests } from '../../edits/manifests.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { isWork, type Served, type Work, type Workload } from '../subject.ts';

/**
 * - `planned`: somebody does it on purpose, and often.
 * - `common`: it happens every week somewhere.
 * - `rare`: it happens, and not often.
 */
export type Likelihood = 'planned' | 'common' | 'rare';

export interface Trial {
  /** `node-1 loses power`, `deployment/web: a pod is deleted` */
  readonly name: string;
  /** Trials of one kind are told together. */
  readonly kind: string;
  readonly likelihood: Likelihood;
  /** Whether it takes what every workload stands on, so that no manifest can do anything about it. */
  readonly ofCluster?: true;
  /** The workload it strikes; absent: the cluster. */
  readonly workload?: number;
  /** Places of other objects that it is about, which could be changed too. */
  readonly about?: readonly number[];
  /** A run of a Job within it: behind how many of the operations it is begun, and how it goes undisturbed. */
  readonly runs?: Run;
  /** Runs of a CronJob that are due within it. */
  readonly due?: Due;
  /** What happens; how it goes on is watched behind it. */
  readonly operations: readonly Operation[];
}

/** A run of a Job, or of what a CronJob makes. */
export interface Run extends Pick<Work, 'place' | 'job' | 'tookMs' | 'durations'> {
  readonly after: number;
}

/** How many runs are due, and what is counted of them: those that are missed, those that work at once. */
export interface Due {
  readonly place: number;
  /** The CronJob. */
  readonly job: string;
  readonly times: number;
  /** The first of them is due then: those that were due before do not count. */
  readonly from: Millis;
  readonly by: 'missed' | 'atOnce';
}

/** What trials are made of. */
export interface Ground {
  readonly manifests: Pick<Manifests, 'objects'>;
  readonly workloads: readonly Workload[];
  /** Work that ends. */
  readonly works: readonly Work[];
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
  /** CPU of each node, a quantity. */
  readonly cpu: string;
}

export interface TrialKind extends Pick<Trial, 'kind' | 'likelihood' | 'ofCluster'> {
  /** The same in Japanese. */
  readonly ja: string;
  /** All trials of the kind; none, where there is nothing that it could happen to. */
  trials(
    ground: Ground,
  ): readonly Pick<Trial, 'name' | 'workload' | 'about' | 'operations' | 'runs' | 'due'>[];
}

/** Whether it can meet a Service. */
export const concerns = ({ workload }: Trial, served: Served): boolean =>
  workload === undefined ? !isWork(served) : served.workloads.includes(workload);

/** A line of Gherkin, alone or with what stands below it. */
export type Line = string | readonly [string, Attachment];

export const steps = (...lines: readonly Line[]): Operation[] =>
  lines.map((line) =>
    typeof line === 'string' ? readStep(line).operation : readStep(line[0], line[1]).operation,
  );

/** `deployment/web` */
export const what = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string =>
  `${kind.toLowerCase()}/${name}`;

const SAID: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  StatefulSet: 'stateful set',
  DaemonSet: 'daemon set',
  ReplicaSet: 'replica set',
  ReplicationController: 'replication controller',
};
/** `deployment "web"`, as steps name it. */
export const said = ({ kind, name }: Workload): string => `${SAID[kind] ?? kind.toLowerCase()} "${name}"`;

export const aPodOf = ({ selector }: Workload): string => `a pod matching "${selector}"`;

export const kubectl = (line: string, { namespace }: Pick<Workload, 'namespace'>): string =>
  `When I run "kubectl ${line} -n ${namespace}"`;

const ROLLED_OUT = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Whether another template of it replaces its Pods: `kubectl rollout` refuses all others. */
export const isRolledOut = ({ kind }: Pick<Workload, 'kind'>): boolean => ROLLED_OUT.has(kind);

export const restarted = (workload: Workload): string =>
  kubectl(`rollout restart ${what(workload)}`, workload);

/** A trial of a workload, in its namespace. */
export const trialOf = (
  workload: Workload,
  of: string,
  ...lines: readonly Line[]
): Pick<Trial, 'name' | 'workload' | 'operations'> => ({
  name: `${what(workload)}: ${of}`,
  workload: workload.place,
  operations: [{ op: 'namespace', name: workload.namespace }, ...steps(...lines)],
});
