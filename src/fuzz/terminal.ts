/** Lines that somebody types beside a live cluster, and what Tab makes of their beginnings. */
import fc from 'fast-check';
import type { Operation } from '../dsl/operations/operation.ts';
import { filesOf, readStep } from '../dsl/scenario.ts';
import { completions } from '../play/completion.ts';
import { Live } from '../play/live.ts';
import { Terminal } from '../play/terminal.ts';
import { kubectlLine } from './lines.ts';
import { count, emptyTally, outcomeOf, type Tally } from './outcome.ts';
import { samples } from './values.ts';
import { WORKING } from './working.ts';

const WORDS = [
  ...['wait', 'next', 'settle', 'fault', 'why', 'rewind', 'undo', 'fork', 'forks', 'switch', 'goals', 'hint'],
  ...['story', 'save', 'help', 'kubectl', 'Given', 'When', 'Then', 'And', 'もし', 'ならば'],
  ...['node', 'pod', 'every', 'a', 'matching', 'app=a', 'node-1', '"node-1"', 'a/b', '/', 'loses', 'power'],
  ...[
    'is',
    'drained',
    'for',
    '5m',
    '-1s',
    '99999999999h',
    '0',
    '1',
    '2',
    '"',
    "'",
    '\\',
    '\u0000',
    '\u202e',
    '__proto__',
  ],
  ...[
    'container',
    'of',
    'crashes',
    'deployment',
    'scaled',
    'to',
    'any',
    'faults',
    'strike',
    'within',
    '{',
    '#',
  ],
];

const line = fc.oneof(
  kubectlLine,
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
);

/** Runs a few lines in one life, completing the beginning of each, and writes what came of them. */
export function fuzzTerminal(seed: number, runs: number): Tally {
  const tally = emptyTally();
  const manifest = WORKING.map((w) => JSON.stringify(w)).join('\n---\n');
  const start: Operation[] = [
    readStep('Given a cluster with 2 nodes').operation,
    readStep('Given the manifest:', manifest).operation,
  ];
  const base = Live.begin({ seed: String(seed), start, files: filesOf({}) });
  const lives = fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.nat(20));
  for (const [lines, cut] of samples(lives, seed, runs))
    count(
      tally,
      lines.join('\n'),
      outcomeOf(() => {
        const terminal = new Terminal(base.fork(), { language: 'en' });
        for (const text of lines) {
          completions(text.slice(0, cut), terminal.live);
          terminal.run(text);
        }
        void terminal.feature;
      }),
    );
  return tally;
}
