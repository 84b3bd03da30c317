/** The library of known failures, as a page of the documentation. */
import { hunksOf } from '../kubectl/unifieddiff.ts';
import type { Failure } from './failure.ts';
import { isAsItWas } from './failure.ts';

/** What would be read as markup is not. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, (c) => `\\${c}`);

/** The steps of the half that shows what was. */
const scenarioOf = ({ features }: Failure): string =>
  features.en.scenarios.find((s) => isAsItWas(s))?.name ?? '';

function sectionOf(failure: Failure): string[] {
  const { name, features, sources, concept, manifests, fix, trials } = failure;
  const folder = `../failures/${name}`;
  const { before, after } = manifests;
  return [
    `## ${features.en.name}`,
    '',
    features.en.description.replaceAll('\n', ' '),
    '',
    `- Published: ${sources.map((s) => `[${plain(s.title)}](${s.url})`).join('; ')}`,
    `- Played: [${plain(scenarioOf(failure))}](${folder}/failure.feature) ` +
      `([日本語](${folder}/failure.ja.feature)), of [these manifests](${folder}/as-it-was.yaml)`,
    `- To understand it: **${concept.name.en}**. ${concept.about.en}`,
    ...(trials.length === 0 ? [] : [`- An audit brings it about when ${trials.join('; when ')}.`]),
    `- What mends it: ${fix.en.map(plain).join('; ')}`,
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

const rowOf = ({ name, features, fix }: Failure): string =>
  `| [${plain(features.en.name)}](#${anchorOf(features.en.name)}) (\`${name}\`) ` +
  `| ${fix.en.map(plain).join('; ')} |`;

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
