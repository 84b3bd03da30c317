/**
 * What a fault is aimed at, as a step says it: `node "node-1"`, `zone "zone-a"`, `2 nodes matching
 * "pool=blue"`, `every pod matching "app=web"`, `container "web" of 50% of pods matching "app=web"`. Which of
 * them a number means is drawn when the fault strikes.
 */
import { modeOf } from '../../chaos/targettext.ts';
import type { FaultCall, Mode } from '../../chaos/types.ts';
import { DURATION_PATTERN, parseDuration, printDuration } from '../../chaos/duration.ts';
import type { ParameterKind } from './parameterkind.ts';
import { quote, STRING_PATTERN, unquote } from './quoting.ts';

export type Target = Partial<FaultCall>;

const matching = (some: string): string => `${some} matching (?:${STRING_PATTERN})`;
const some = (word: string): string =>
  `(?:a ${word}|every ${word}|some ${word}s|\\d+ ${word}s?|\\d+% of ${word}s)`;
const NODE_SET = `zone (?:${STRING_PATTERN})|${matching(some('node'))}|${some('node')}`;
const PODS = `pod (?:${STRING_PATTERN})|${matching(some('pod'))}`;

const manyOf = (mode: Mode, word: string): string =>
  mode === 'one'
    ? `a ${word}`
    : mode === 'all'
      ? `every ${word}`
      : mode === 'random'
        ? `some ${word}s`
        : mode.endsWith('%')
          ? `${mode} of ${word}s`
          : `${mode} ${word}${mode === '1' ? '' : 's'}`;

/** `2 pods matching "a=b"` → mode and selector. */
function parseMany(text: string): { mode: Mode; selector?: string } {
  const at = text.indexOf(' matching ');
  const words = (at < 0 ? text : text.slice(0, at)).replace(/ (?:node|pod)s?$/, '');
  return { mode: modeOf(words), ...(at < 0 ? {} : { selector: unquote(text.slice(at + 10)) }) };
}

function parseNodes(text: string): Target {
  if (/^node ["']/.test(text)) return { node: unquote(text.slice(5)) };
  if (/^zone ["']/.test(text)) return { zone: unquote(text.slice(5)) };
  const { mode, selector } = parseMany(text);
  return { mode, ...(selector === undefined ? {} : { nodeSelector: selector }) };
}

function printNodes(target: Target): string {
  if (target.node !== undefined) return `node ${quote(target.node)}`;
  if (target.zone !== undefined) return `zone ${quote(target.zone)}`;
  return (
    `${manyOf(target.mode!, 'node')}` +
    `${target.nodeSelector === undefined ? '' : ` matching ${quote(target.nodeSelector)}`}`
  );
}

const parsePods = (text: string): Target =>
  /^pod ["']/.test(text) ? { pod: unquote(text.slice(4)) } : parseMany(text);
const printPods = (target: Target): string =>
  target.pod !== undefined
    ? `pod ${quote(target.pod)}`
    : `${manyOf(target.mode!, 'pod')} matching ${quote(target.selector!)}`;

const CONTAINERS = new RegExp(`^(a container|container (?:${STRING_PATTERN})) of `);

const nodes: ParameterKind<Target> = {
  name: 'nodes',
  pattern: `node (?:${STRING_PATTERN})|${NODE_SET}`,
  parse: parseNodes,
  print: printNodes,
};
const nodeSet: ParameterKind<Target> = {
  name: 'nodeSet',
  pattern: NODE_SET,
  parse: parseNodes,
  print: printNodes,
};
const pods: ParameterKind<Target> = { name: 'pods', pattern: PODS, parse: parsePods, print: printPods };
const containers: ParameterKind<Target> = {
  name: 'containers',
  pattern: `(?:a container|container (?:${STRING_PATTERN})) of (?:${PODS})`,
  parse: (text) => {
    const [all, which] = CONTAINERS.exec(text)!;
    return {
      ...(which === 'a container' ? {} : { container: unquote(which!.slice('container '.length)) }),
      ...parsePods(text.slice(all.length)),
    };
  },
  print: (t) =>
    `${t.container === undefined ? 'a container' : `container ${quote(t.container)}`} of ${printPods(t)}`,
};
/** How long a fault lasts; nothing: until something heals it. */
const lasting: ParameterKind<number | undefined> = {
  name: 'lasting',
  pattern: `| for (?:${DURATION_PATTERN})`,
  parse: (text) => (text === '' ? undefined : parseDuration(text.slice(5))),
  print: (ms) => (ms === undefined ? '' : ` for ${printDuration(ms)}`),
};

export const TARGET_PARAMETERS = { nodes, nodeSet, pods, containers, lasting } as const;

/** Whether a verb after this target is in the plural. */
export const isPlural = ({ mode }: Target): boolean =>
  mode !== undefined && !['one', 'all', '1'].includes(mode);
