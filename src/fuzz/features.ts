/** Features of steps of the language, filled with what may stand in their places, in any order. */
import fc from 'fast-check';
import { readFeature } from '../dsl/feature.ts';
import { LANGUAGE } from '../dsl/phrases/index.ts';
import { PARAMETER_KINDS } from '../dsl/phrases/parameters.ts';
import { filesOf } from '../dsl/scenario.ts';
import { playScenario } from '../dsl/playfeature.ts';
import { properties } from '../explore/property.ts';
import { count, emptyTally, LONGEST_MS, outcomeOf, type Tally } from './outcome.ts';
import { samples } from './values.ts';
import { WORKING } from './working.ts';

const MANIFESTS = [WORKING[1], WORKING[6], WORKING[7]].map((w) => JSON.stringify(w)).join('\n---\n');

const TEXTS = [
  'a',
  'node-1',
  'http://a/',
  'app=a',
  'kubectl get pods',
  '',
  'x y',
  'A_b',
  '日本',
  '%',
  '{',
  '1h',
  '((',
  'app in (',
  '\\"q\\"',
  'deployment/a',
  'x'.repeat(300),
];
const quoted = fc.constantFrom(...TEXTS).map((text) => `"${text}"`);
const number = fc.constantFrom('0', '1', '2', '3', '-1', '100000', '9007199254740993');
const duration = fc.constantFrom('0s', '1ms', '1 minute', '90s', '1h30m', '2 weeks', '99999999 weeks');

/** Whatever fits the pattern of a place's type; numbers, texts and durations at their edges. */
const PLACES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ...Object.fromEntries(
    PARAMETER_KINDS.map(({ name, pattern }) => [
      name,
      // fast-check draws nothing for what is only looked ahead at: that is asked afterwards.
      fc
        .stringMatching(new RegExp(`^(?:${pattern.replaceAll(/\(\?![^)]*\)/g, '')})$`), { maxLength: 60 })
        .filter((text) => new RegExp(`^(?:${pattern})$`).test(text)),
    ]),
  ),
  int: number,
  string: quoted,
  duration,
};

const optional = (text: string): fc.Arbitrary<string> => fc.constantFrom('', text);

/** A sentence with its places filled. */
function filled(expression: string): fc.Arbitrary<string> {
  const parts = expression
    .split(/(\{\w*\}|\([^)]*\)|[\w]+(?:\/[\w]+)+)/)
    .map((part): fc.Arbitrary<string> => {
      const place = /^\{(\w*)\}$/.exec(part)?.[1];
      if (place !== undefined) return PLACES[place] ?? number;
      if (part.startsWith('(')) return optional(part.slice(1, -1));
      if (/^\w+(?:\/\w+)+$/.test(part)) return fc.constantFrom(...part.split('/'));
      return fc.constant(part);
    });
  return fc.tuple(...parts).map((texts) => texts.join(''));
}

const ATTACHED = [
  '',
  '      """\n      x\n      """\n',
  `      """\n      ${JSON.stringify(WORKING[0])}\n      """\n`,
  '      | fault | at | target |\n      | PodDelete | 1s | app=a |\n',
  '      | a |\n      | |\n',
  '      | for | target |\n',
];

const step = fc
  .constantFrom(...LANGUAGE.phrases)
  .chain(({ expression, keyword, attachment }) =>
    fc
      .tuple(
        fc.constantFrom(keyword, keyword, keyword, 'Given', 'When', 'Then', '*'),
        filled(expression),
        fc.oneof(
          {
            weight: 19,
            arbitrary: fc.constant(attachment === undefined ? '' : ATTACHED[attachment === 'table' ? 3 : 2]!),
          },
          { weight: 1, arbitrary: fc.constantFrom(...ATTACHED) },
        ),
      )
      .map(([word, text, attached]) => `    ${word} ${text}\n${attached}`),
  );

const BEGINNING = `    Given a cluster with 2 nodes
    And the manifests in "a.yaml"
    And 1 minute passes
`;

const feature = fc
  .tuple(
    fc.constantFrom(
      '',
      '',
      '',
      '  @seed:7\n',
      '  @runs:2\n',
      '  @every-seed:2\n',
      '  @expect-failure\n',
      '  @seed:\n',
      '  @runs:x\n',
    ),
    fc.constantFrom('s', 'x'.repeat(300), '日'.repeat(100), '"q" \u001b[31m'),
    fc.constantFrom(BEGINNING, BEGINNING, BEGINNING, ''),
    fc.array(step, { minLength: 1, maxLength: 2 }),
    fc.constantFrom(
      ...Array.from({ length: 20 }, () => ''),
      '  Scenario Outline: o\n    Given <x>\n    Examples:\n      | y |\n',
      '"""',
      '  | a',
    ),
  )
  .map(
    ([tags, name, beginning, steps, end]) =>
      `Feature: f\n${tags}  Scenario: ${name}\n${beginning}${steps.join('')}${end}`,
  );

/** Reads and plays features. */
export function fuzzFeatures(seed: number, runs: number): Tally {
  const tally = emptyTally();
  const files = filesOf({ 'a.yaml': MANIFESTS });
  for (const text of samples(feature, seed, runs)) {
    count(
      tally,
      text,
      outcomeOf(() => {
        const until = Date.now() + LONGEST_MS - 1000;
        for (const scenario of readFeature(text, 'fuzz.feature'))
          playScenario(scenario, {
            files,
            runs: 2,
            limits: { overdue: () => Date.now() >= until },
            property: ({ runs: draws }) => properties({ runs: Math.min(draws, 2), timeLimitMs: 1000 }),
          });
      }),
    );
  }
  return tally;
}
