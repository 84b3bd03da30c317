/** The library of known failures, as a page of the documentation. */
import { hunksOf } from '../kubectl/unifieddiff.ts';
import { fixInWords, type Failure } from './failure.ts';

/** What would be read as markup is not. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, (c) => `\\${c}`);

const fixed = (failure: Failure): string => fixInWords(failure, 'en').map(plain).join('; ');

function sectionOf(failure: Failure): string[] {
  const { name, told, sources, concept, manifests, trials } = failure;
  const folder = `../failures/${name}`;
  const { before, after } = manifests;
  return [
    `## ${told.en.name}`,
    '',
    told.en.description.replaceAll('\n', ' '),
    '',
    `- Published: ${sources.map((s) => `[${plain(s.title)}](${s.url})`).join('; ')}`,
    `- Played: [its feature](${folder}/failure.feature) ([日本語](${folder}/failure.ja.feature)), ` +
      `of [these manifests](${folder}/as-it-was.yaml)`,
    `- To understand it: **${concept.name.en}**. ${concept.about.en}`,
    ...(trials.length === 0 ? [] : [`- An audit brings it about when ${trials.join('; when ')}.`]),
    `- What mends it: ${fixed(failure)}`,
    ...(after === undefined ? [] : ['', '```diff', hunksOf(before, after).trimEnd(), '```']),
    '',
  ];
}

const ABOUT = [
  'failures that were published, each with its manifests as they were, a feature that shows what happened,',
  'where it was told, and what mends it. `npx seatrial failures` lists them, `npx seatrial failures NAME`',
  'plays one: as it was, where a claim breaks, and with the fix, where all hold; `npx seatrial run',
  'failures/NAME` plays it step by step. `npx seatrial audit` names those that a finding of yours resembles.',
  'A test plays all of them.',
];

const rowOf = (failure: Failure): string => {
  const { name, told } = failure;
  return `| [${plain(told.en.name)}](#${anchorOf(told.en.name)}) (\`${name}\`) | ${fixed(failure)} |`;
};

/** Those that a search finds by itself. */
function searched(library: readonly Failure[]): string[] {
  const rows = library.flatMap(({ name, told, search }) =>
    search === undefined
      ? []
      : [
          `| [${plain(told.en.name)}](#${anchorOf(told.en.name)}) | ` +
            `\`npx seatrial explore failures/${name}/search.feature --exhaustive\` | ` +
            `${search.schedules} | ${search.foundBy} | none |`,
        ],
  );
  return [
    '## Found by a search',
    '',
    'The published cases of autoscalers, deschedulers and schedulers at odds (Kivi, USENIX ATC 2024) are',
    'also found by [exhausting a small scope](explore.md#all-of-a-small-scope): a few faults in the place of',
    'what happened, in each order, of up to as many as the feature says, with each delay, and the claim of',
    'the case. Each command explores both halves: as it was, and with the fix, for which it says `No',
    'counterexample in this scope.` Schedules are counted in the order in which one worker plays them. Where',
    'the first one finds it, it goes wrong by itself, whatever happens besides.',
    '',
    '| case | command | schedules | the first that finds it | with the fix |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

export const failuresPage = (library: readonly Failure[]): string =>
  `${[
    '# Known failures',
    '',
    '<!-- Written by `npm run generate` from failures/: change it there. -->',
    '',
    `${library.length} ${ABOUT.join('\n')}`,
    '',
    '| failure | what mends it |',
    '|---|---|',
    ...library.map(rowOf),
    '',
    ...searched(library),
    ...library.flatMap(sectionOf),
  ]
    .join('\n')
    .trimEnd()}\n`;

/** As GitHub links to a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
