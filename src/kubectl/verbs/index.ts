/** The registry of verbs. */
import { KubectlError } from '../errors.ts';
import type { Verb } from '../session.ts';
import { applyVerb, replaceVerb } from './apply.ts';
import {
  createConfigMap,
  createDeployment,
  createNamespace,
  createPdb,
  createPriorityClass,
  createQuota,
  createSecret,
  createServiceAccount,
  createVerb,
  exposeVerb,
  runVerb,
} from './create.ts';
import { deleteVerb } from './delete.ts';
import { describeVerb } from './describe.ts';
import { execVerb } from './exec.ts';
import { getVerb } from './get.ts';
import { apiResourcesVerb, clusterInfoVerb, portForwardVerb, versionVerb } from './info.ts';
import { logsVerb } from './logs.ts';
import { annotateVerb, labelVerb } from './metadata.ts';
import { cordon, drainVerb, uncordon } from './node.ts';
import { patchVerb } from './patch.ts';
import { rolloutPause, rolloutRestart, rolloutResume, rolloutStatus } from './rollout.ts';
import { rolloutHistory, rolloutUndo } from './rollouthistory.ts';
import { scaleVerb } from './scale.ts';
import { setEnv, setImage, setResources } from './set.ts';
import { taintVerb } from './taint.ts';
import { waitVerb } from './wait.ts';

const VERBS: readonly Verb[] = [
  annotateVerb,
  apiResourcesVerb,
  applyVerb,
  clusterInfoVerb,
  cordon,
  createVerb,
  createConfigMap,
  createDeployment,
  createNamespace,
  createPdb,
  createPriorityClass,
  createQuota,
  createSecret,
  createServiceAccount,
  deleteVerb,
  describeVerb,
  drainVerb,
  execVerb,
  exposeVerb,
  getVerb,
  labelVerb,
  logsVerb,
  patchVerb,
  portForwardVerb,
  replaceVerb,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  runVerb,
  scaleVerb,
  setEnv,
  setImage,
  setResources,
  taintVerb,
  uncordon,
  versionVerb,
  waitVerb,
];

const byName = new Map(VERBS.map((v) => [v.name, v]));
const SHORT: Readonly<Record<string, string>> = {
  'create ns': 'create namespace',
  'create cm': 'create configmap',
  'create deploy': 'create deployment',
  'create pdb': 'create poddisruptionbudget',
  'create pc': 'create priorityclass',
  'create sa': 'create serviceaccount',
  'create resourcequota': 'create quota',
};

export interface Found {
  readonly verb: Verb;
  /** The words behind the verb's own. */
  readonly rest: readonly string[];
}

/** The verb of the longest name that the words begin with. */
export function findVerb(argv: readonly string[]): Found | undefined {
  for (const words of [3, 2, 1]) {
    if (argv.length < words) continue;
    const name = argv.slice(0, words).join(' ');
    const verb = byName.get(name) ?? byName.get(SHORT[name] ?? '');
    if (verb !== undefined) return { verb, rest: argv.slice(words) };
  }
  return undefined;
}

/** @throws KubectlError always */
export function unknownCommand(argv: readonly string[]): never {
  const [first = '', second = ''] = argv;
  const known = [...byName.keys()].filter((n) => !n.includes(' '));
  const below = [...byName.keys()]
    .filter((n) => n.startsWith(`${first} `))
    .map((n) => n.slice(first.length + 1));
  if (below.length > 0)
    throw new KubectlError(
      `unknown command "${second}" for "kubectl ${first}"; there are: ${below.join(', ')}`,
    );
  throw new KubectlError(
    `unknown command "${first}" for "kubectl"; Seatrial knows: ${[...known, 'rollout', 'set'].sort().join(', ')}`,
  );
}
