/**
 * How schedules write what a fault is aimed at: `node-1`, `zone zone-a`, `2 nodes matching pool=blue`;
 * `web-0`, `team/web-0`, `one pod matching app=web`, `50% of pods matching app=web`; `deployment web`.
 * `printTarget` is the inverse of `parseTarget`.
 */
import { KIND_PATTERN, WORKLOAD_WORDS, workloadKind, workloadWordsOf } from '../sim/api/resources/words.ts';
import { type FaultCall, type Mode, type TargetKind, type FaultError, misses } from './types.ts';

const MANY = /^(one|a|all|every|random|some|\d+|\d+% of) (node|pod)s?(?: matching (.+))?$/;
const MODE_WORDS: Readonly<Record<string, Mode>> = { a: 'one', every: 'all', some: 'random' };
const WORKLOAD = new RegExp(
  `^(${[...WORKLOAD_WORDS.map(([words]) => words), KIND_PATTERN].join('|')}) (.*)$`,
);
const SELECTOR_SIGN = /[=!(,]| (?:in|notin) /;

/** How workloads are called in a target. */
const WORKLOADS = [...WORKLOAD_WORDS.map(([words]) => words), 'KIND'];

/** Targets that are said by their name alone, which stands in the field of the same name. */
const NAMES = [
  'budget',
  'quota',
  'configMap',
  'secret',
  'claim',
  'job',
  'cronJob',
  'definition',
  'webhook',
  'apiService',
  'account',
  'binding',
  'metric',
] as const;
const isName = (kind: TargetKind): kind is (typeof NAMES)[number] =>
  (NAMES as readonly TargetKind[]).includes(kind);

const wrong = (kind: TargetKind, text: string): FaultError =>
  misses('badTarget', { target: kind, text, workloads: WORKLOADS });

/** @throws FaultError when the text says no target of that kind */
export function parseTarget(kind: TargetKind, given: string): Partial<FaultCall> {
  const text = given.trim();
  if (kind === 'none') {
    if (text !== '') throw misses('noTargetWanted', { text });
    return {};
  }
  if (text === '') throw wrong(kind, text);
  if (kind === 'workload') {
    // As a step writes it, in quotes, or without.
    const found = WORKLOAD.exec(text);
    if (found === null) throw wrong(kind, text);
    return { workload: { kind: workloadKind(found[1]!), name: found[2]!.replace(/^"(.*)"$/, '$1') } };
  }
  if (isName(kind)) return { [kind]: text };
  const many = MANY.exec(text);
  const word = kind === 'node' ? 'node' : 'pod';
  if (many !== null && many[2] === word) {
    const mode = modeOf(many[1]!);
    checkMode(mode);
    if (kind === 'node') return { mode, ...(many[3] === undefined ? {} : { nodeSelector: many[3] }) };
    if (many[3] === undefined) throw wrong(kind, text);
    return { selector: many[3], mode };
  }
  if (kind === 'node') {
    if (text.startsWith('zone ')) return { zone: text.slice(5) };
    if (SELECTOR_SIGN.test(text)) return { mode: 'one', nodeSelector: text };
    if (text.includes(' ')) throw wrong(kind, text);
    return { node: text };
  }
  if (SELECTOR_SIGN.test(text)) return { selector: text, mode: 'one' };
  if (text.includes(' ')) throw wrong(kind, text);
  return { pod: text };
}

/** `a`, `every`, `2`, `50% of` as a mode. */
export const modeOf = (word: string): Mode => MODE_WORDS[word] ?? word.replace(/ of$/, '');

export function checkMode(mode: Mode): void {
  if (mode === 'one' || mode === 'all' || mode === 'random') return;
  const n = Number(mode.replace(/%$/, ''));
  if (!/^\d+%?$/.test(mode) || n < 1 || (mode.endsWith('%') && n > 100)) {
    throw misses('badMode', { mode });
  }
}

const many = (mode: Mode, word: string): string =>
  mode.endsWith('%') ? `${mode} of ${word}s` : `${mode} ${word}${mode === 'one' || mode === '1' ? '' : 's'}`;

export function printTarget(kind: TargetKind, call: FaultCall): string {
  if (isName(kind)) return call[kind] ?? '';
  switch (kind) {
    case 'none':
      return '';
    case 'workload':
      return call.workload === undefined
        ? ''
        : `${workloadWordsOf(call.workload.kind)} ${call.workload.name}`;
    case 'node':
      if (call.node !== undefined) return call.node;
      if (call.zone !== undefined) return `zone ${call.zone}`;
      return (
        `${many(call.mode ?? 'one', 'node')}` +
        `${call.nodeSelector === undefined ? '' : ` matching ${call.nodeSelector}`}`
      );
    default:
      return call.pod ?? `${many(call.mode ?? 'one', 'pod')} matching ${call.selector ?? ''}`;
  }
}
