/** The library as a page of the documentation. */
import { INVARIANTS, type Invariant } from './index.ts';

/** Whom an invariant asks. */
export const ASKED: Readonly<Record<Invariant['asks'], string>> = {
  api: 'the API',
  physical: 'what is physically so',
};

/** `docs/invariants.md`, written by `npm run generate`. */
export function invariantsPage(): string {
  return [
    '# Invariants',
    '',
    '<!-- Written by `npm run generate` from the library in src/invariants: change it there. -->',
    '',
    `What must hold of a cluster whatever happens to it. \`npx seatrial invariants\` lists the ` +
      `${INVARIANTS.length} of them too; every campaign of \`seatrial explore\` asks them all.`,
    '',
    '```gherkin',
    'Then all invariants hold',
    `Then invariant "${INVARIANTS[0]!.name}" holds`,
    '```',
    '',
    'Those that speak of the end are asked once the faults are healed and the cluster has had time to ' +
      'recover.',
    '',
    ...INVARIANTS.flatMap(({ name, asks, about, why, fails, observe }) => [
      `## ${name}`,
      '',
      about,
      '',
      `- Why: ${why}.`,
      `- How it fails: ${fails}`,
      `- Asked: ${observe === undefined ? 'in the end' : 'after every change'}, of ${ASKED[asks]}`,
      '',
    ]),
    '## Your own',
    '',
    'In Gherkin any claim after `at every moment` or `at no moment` is one. In TypeScript, in a kit, ' +
      'which `seatrial run --kit kit.mts` and `seatrial explore --kit kit.mts` play with:',
    '',
    '```ts',
    "import { defineInvariant, extendKit, standardKit } from 'seatrial';",
    '',
    'const fewPods = defineInvariant({',
    "  name: 'few-pods', asks: 'api', about: 'There are never more than 50 Pods.', why: 'licences are " +
      "counted', fails: 'A 51st Pod was made.',",
    '  init: () => null,',
    "  observe: (entry, _state, view) => (entry.type === 'api' && entry.kind === 'Pod' && " +
      "[...view.list('Pod')].length > 50",
    "    ? { message: 'there are more than 50 Pods', objects: [] } : undefined),",
    '});',
    '',
    'export default extendKit(standardKit, { invariants: [fewPods] });',
    '```',
    '',
  ].join('\n');
}
