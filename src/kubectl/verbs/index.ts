/** The registry of verbs. */
import { KubectlError } from '../errors.ts';
import type { Verb } from '../session.ts';
import { applyVerb } from './apply.ts';
import { getVerb } from './get.ts';
import { MORE_VERBS } from './more.ts';

const VERBS: readonly Verb[] = [applyVerb, getVerb, ...MORE_VERBS];

const byName = new Map(VERBS.map((v) => [v.name, v]));
/** `get`, `rollout status`. */
export const VERB_NAMES: readonly string[] = VERBS.map((v) => v.name);

const SHORT: Readonly<Record<string, string>> = {
  'create ns': 'create namespace',
  'create cm': 'create configmap',
  'create cj': 'create cronjob',
  'create deploy': 'create deployment',
  'create pdb': 'create poddisruptionbudget',
  'create pc': 'create priorityclass',
  'create sa': 'create serviceaccount',
  'create resourcequota': 'create quota',
  'top pods': 'top pod',
  'top po': 'top pod',
  'top nodes': 'top node',
  'top no': 'top node',
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
    `unknown command "${first}" for "kubectl"; Seatrial knows: ` +
      `${[...known, 'rollout', 'set'].sort().join(', ')}`,
  );
}
