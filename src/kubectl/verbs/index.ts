/** The registry of verbs. */
import { suggestWord } from '../../sim/api/schema/hints.ts';
import { KubectlError, usageError } from '../errors.ts';
import { kubectlCommands, whyNotPlayed } from '../flagtable.ts';
import type { Verb } from '../session.ts';
import { applyVerb } from './apply.ts';
import { getVerb } from './get.ts';
import { MORE_VERBS } from './more.ts';

export const VERBS: readonly Verb[] = [applyVerb, getVerb, ...MORE_VERBS];

const byName = new Map(VERBS.map((v) => [v.name, v]));
/** `get`, `rollout status`. */
export const VERB_NAMES: readonly string[] = VERBS.map((v) => v.name);

const SHORT: Readonly<Record<string, string>> = {
  'config use': 'config use-context',
  'create ns': 'create namespace',
  'create cm': 'create configmap',
  'create cj': 'create cronjob',
  'create deploy': 'create deployment',
  'create ing': 'create ingress',
  'create pdb': 'create poddisruptionbudget',
  'create pc': 'create priorityclass',
  'create sa': 'create serviceaccount',
  'create svc clusterip': 'create service clusterip',
  'create svc externalname': 'create service externalname',
  'create svc loadbalancer': 'create service loadbalancer',
  'create svc nodeport': 'create service nodeport',
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

const firstWord = (name: string): string => name.split(' ', 1)[0]!;
/** How many words the longest name has that begins with a word. */
const longest = new Map<string, number>();
for (const name of [...byName.keys(), ...Object.keys(SHORT)])
  longest.set(firstWord(name), Math.max(longest.get(firstWord(name)) ?? 0, name.split(' ').length));

/** The verb of the longest name that the words begin with. */
export function findVerb(argv: readonly string[]): Found | undefined {
  const most = Math.min(argv.length, longest.get(argv[0] ?? '') ?? 0);
  for (let words = most; words > 0; words -= 1) {
    const name = argv.slice(0, words).join(' ');
    const verb = byName.get(name) ?? byName.get(SHORT[name] ?? '');
    if (verb !== undefined) return { verb, rest: argv.slice(words) };
  }
  return undefined;
}

/** Whether verbs stand below a word: `rollout`. */
export const isGroup = (name: string): boolean => VERB_NAMES.some((verb) => verb.startsWith(`${name} `));

/** @throws KubectlError always */
export function unknownCommand(argv: readonly string[]): never {
  const commands = kubectlCommands();
  const [first = '', second = ''] = argv;
  const name = [argv.slice(0, 3), argv.slice(0, 2), [first]]
    .map((words) => words.join(' '))
    .find((words) => commands.includes(words));
  if (name === undefined) {
    const meant = suggestWord(
      first,
      commands.filter((command) => !command.includes(' ')),
    );
    throw new KubectlError(
      `unknown command "${first}" for "kubectl"` +
        (meant === undefined ? '' : `\n\nDid you mean this?\n\t${meant}`),
    );
  }
  const below = commands.filter((command) => command.startsWith(`${name} `));
  if (below.length === 0)
    throw new KubectlError(
      `kubectl ${name} is not simulated: ` +
        (whyNotPlayed(name) ?? 'kubectl has this command, and Seatrial does not play it'),
    );
  const names = below.map((command) => command.slice(name.length + 1)).join(', ');
  if (second === '') throw new KubectlError(`kubectl ${name} takes one of: ${names}`);
  throw usageError(name, `unknown command "${second}"`);
}
