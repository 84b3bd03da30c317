/** What an audit does to a cluster: the standard set of trials. */
import type { Operation } from '../dsl/operations/operation.ts';
import { readStep } from '../dsl/scenario.ts';
import type { Served, Workload } from './subject.ts';

/**
 * - `planned`: somebody does it on purpose, and often.
 * - `common`: it happens every week somewhere.
 * - `rare`: it happens, and not often.
 */
export type Likelihood = 'planned' | 'common' | 'rare';

export interface Trial {
  /** `one node loses power: node-1` */
  readonly name: string;
  /** Trials of one kind are told together. */
  readonly kind: string;
  readonly likelihood: Likelihood;
  /** Whether it takes what every workload stands on, so that no manifest can do anything about it. */
  readonly ofCluster?: true;
  /** The workload it strikes; absent: the cluster. */
  readonly workload?: number;
  /** What happens; how it goes on is watched behind it. */
  readonly operations: readonly Operation[];
}

/** How long it lasts, where it lasts. */
const LASTING = '10 minutes';

const steps = (...lines: readonly string[]): Operation[] => lines.map((line) => readStep(line).operation);

const ofCluster = (nodes: readonly string[], zones: readonly string[]): Trial[] => [
  ...nodes.map(
    (node): Trial => ({
      name: `${node} loses power`,
      kind: 'a node loses power',
      likelihood: 'common',
      operations: steps(`When node "${node}" loses power for ${LASTING}`, `When ${LASTING} pass`),
    }),
  ),
  ...(zones.length < 2
    ? []
    : zones.map(
        (zone): Trial => ({
          name: `${zone} loses power`,
          kind: 'a zone loses power',
          likelihood: 'rare',
          operations: steps(`When zone "${zone}" loses power for ${LASTING}`, `When ${LASTING} pass`),
        }),
      )),
  {
    name: 'nodes are drained, rebooted and uncordoned in turn',
    kind: 'nodes are rebooted in turn',
    likelihood: 'planned',
    operations: steps('When each node is drained, rebooted and uncordoned in turn'),
  },
  {
    name: 'the API server is down for 10 minutes',
    kind: 'the API server is down',
    likelihood: 'rare',
    ofCluster: true,
    operations: steps(`When the api server is down for ${LASTING}`, `When ${LASTING} pass`),
  },
  {
    name: 'cluster DNS fails for 5 minutes',
    kind: 'cluster DNS fails',
    likelihood: 'rare',
    ofCluster: true,
    operations: steps('When DNS fails for 5 minutes', 'When 5 minutes pass'),
  },
];

function ofWorkload({ place, kind, namespace, name, selector }: Workload): Trial[] {
  const within: Operation = { op: 'namespace', name: namespace };
  const what = `${kind.toLowerCase()}/${name}`;
  const pod = `a pod matching "${selector}"`;
  const trial = (of: string, likelihood: Likelihood, ...lines: readonly string[]): Trial => ({
    name: `${what}: ${of}`,
    kind: of,
    likelihood,
    workload: place,
    operations: [within, ...steps(...lines)],
  });
  const kubectl = (line: string): string => `When I run "kubectl ${line} -n ${namespace}"`;
  return [
    trial('a pod is deleted', 'planned', `When ${pod} is deleted`),
    trial('it is rolled out anew', 'planned', kubectl(`rollout restart ${what}`)),
    trial('a container crashes', 'common', `When a container of ${pod} crashes`),
    trial('a container is killed for want of memory', 'common', `When a container of ${pod} is OOM-killed`),
    trial('a container hangs', 'common', `When a container of ${pod} hangs`),
  ];
}

/** @param workloads those of the manifests */
export const trialsOf = (
  nodes: readonly string[],
  zones: readonly string[],
  workloads: readonly Workload[],
): Trial[] => [...ofCluster(nodes, zones), ...workloads.flatMap(ofWorkload)];

/** Whether it can meet a Service. */
export const concerns = ({ workload }: Trial, { workloads }: Served): boolean =>
  workload === undefined || workloads.includes(workload);

const ANY: Workload = {
  place: 0,
  kind: 'Deployment',
  namespace: 'default',
  name: 'any',
  selector: 'app=any',
};

/** All kinds of trials. */
export const TRIAL_KINDS: readonly string[] = [
  ...new Set(trialsOf(['node-1'], ['zone-a', 'zone-b'], [ANY]).map((t) => t.kind)),
];
