/**
 * The parameter types of the Japanese phrases. Durations and names may be written the English way too; spaces
 * beside them are free.
 */
import { KIND_PATTERN } from '../../sim/api/resources/words.ts';
import type { Mode, WorkloadRef } from '../../chaos/types.ts';
import {
  DURATION_JA,
  parseDurationJa,
  parseSpanJa,
  printDurationJa,
  printSpanJa,
} from './japaneseduration.ts';
import { JAPANESE_WORDS } from './japanesewords.ts';
import type { ParameterKind } from './parameterkind.ts';
import { quote, STRING_PATTERN, unquote } from './quoting.ts';
import type { Target } from './targets.ts';

const STR = `(?:${STRING_PATTERN})`;
/** How many: `1台の`, `すべての`, `いくつかの`, `50%の`. */
const some = (counter: string): string => `(?:\\d+ ?${counter}の|すべての|いくつかの|\\d+%の)`;
/** `すべての"app=web"に一致するPod`, or the other way round: `"app=web"に一致するすべてのPod`. */
const counted = (counter: string, what: string): string =>
  `${STR} ?に一致する${some(counter)}${what}|${some(counter)}${STR} ?に一致する${what}`;
const NODE_SET = `ゾーン ?${STR}|${some('台')}ノード|${counted('台', 'ノード')}`;
const PODS = `Pod ?${STR}|${counted('個', 'Pod')}`;

const printMode = (mode: Mode, counter: string): string =>
  mode === 'one'
    ? `1${counter}の`
    : mode === 'all'
      ? 'すべての'
      : mode === 'random'
        ? 'いくつかの'
        : mode.endsWith('%')
          ? `${mode}の`
          : `${mode}${counter}の`;

const HOW_MANY = '(すべて|いくつか|\\d+%|\\d+)';
const SELECTED = `(${STRING_PATTERN}) ?に一致する`;
const MANY = new RegExp(`^(?:${SELECTED})?${HOW_MANY}`);
const MANY_FIRST = new RegExp(`^${HOW_MANY}(?: ?[台個])?の${SELECTED}`);
function parseMany(text: string): { mode: Mode; selector?: string } {
  const first = MANY_FIRST.exec(text);
  const [, selector, count] = first === null ? MANY.exec(text)! : [text, first[2], first[1]];
  const mode = count === 'すべて' ? 'all' : count === 'いくつか' ? 'random' : count === '1' ? 'one' : count!;
  return { mode, ...(selector === undefined ? {} : { selector: unquote(selector) }) };
}

const quotedAt = (text: string): string => unquote(text.slice(text.search(/["']/)));

function parseNodes(text: string): Target {
  if (text.startsWith('ノード')) return { node: quotedAt(text) };
  if (text.startsWith('ゾーン')) return { zone: quotedAt(text) };
  const { mode, selector } = parseMany(text);
  return { mode, ...(selector === undefined ? {} : { nodeSelector: selector }) };
}
function printNodes(t: Target): string {
  if (t.node !== undefined) return `ノード${quote(t.node)}`;
  if (t.zone !== undefined) return `ゾーン${quote(t.zone)}`;
  return (
    `${t.nodeSelector === undefined ? '' : `${quote(t.nodeSelector)}に一致する`}` +
    `${printMode(t.mode!, '台')}ノード`
  );
}
const parsePods = (text: string): Target =>
  text.startsWith('Pod') ? { pod: quotedAt(text) } : parseMany(text);
const printPods = (t: Target): string =>
  t.pod !== undefined
    ? `Pod${quote(t.pod)}`
    : `${quote(t.selector!)}に一致する${printMode(t.mode!, '個')}Pod`;

const nodesJa: ParameterKind<Target> = {
  name: 'nodesJa',
  pattern: `ノード ?${STR}|${NODE_SET}`,
  parse: parseNodes,
  print: printNodes,
};
const nodeSetJa: ParameterKind<Target> = {
  name: 'nodeSetJa',
  pattern: NODE_SET,
  parse: parseNodes,
  print: printNodes,
};
const podsJa: ParameterKind<Target> = { name: 'podsJa', pattern: PODS, parse: parsePods, print: printPods };
const CONTAINER = new RegExp(` ?のコンテナー? ?(${STRING_PATTERN})?$`);
const containersJa: ParameterKind<Target> = {
  name: 'containersJa',
  pattern: `(?:${PODS}) ?のコンテナー? ?(?:${STRING_PATTERN})?`,
  parse: (text) => {
    const found = CONTAINER.exec(text)!;
    return {
      ...(found[1] === undefined ? {} : { container: unquote(found[1]) }),
      ...parsePods(text.slice(0, found.index)),
    };
  },
  print: (t) => `${printPods(t)}のコンテナ${t.container === undefined ? '' : quote(t.container)}`,
};
const durationJa: ParameterKind<number> = {
  name: 'durationJa',
  pattern: DURATION_JA,
  parse: (text) => parseDurationJa(text)!,
  print: printDurationJa,
};
const lastingJa: ParameterKind<number | undefined> = {
  name: 'lastingJa',
  pattern: `|(?:${DURATION_JA})間?、?`,
  parse: (text) => (text === '' ? undefined : parseSpanJa(text.replace(/、$/, ''))),
  print: (ms) => (ms === undefined ? '' : `${printSpanJa(ms)}、`),
};
const workloadJa: ParameterKind<WorkloadRef> = {
  name: 'workloadJa',
  // A Pod is none.
  pattern: `(?!Pod\\b)${KIND_PATTERN} ?${STR}`,
  parse: (text) => ({ kind: /^\w+/.exec(text)![0], name: quotedAt(text) }),
  print: (w) => `${w.kind}${quote(w.name)}`,
};

export const JAPANESE_PARAMETERS = {
  nodesJa,
  nodeSetJa,
  podsJa,
  containersJa,
  durationJa,
  lastingJa,
  workloadJa,
  ...JAPANESE_WORDS,
} as const;
