/** The catalogue as a page of the documentation. */
import { printDuration } from './duration.ts';
import { columnOf, printField, valuesOf, type ParameterField } from './fields.ts';
import { FAULTS } from './index.ts';
import type { Family, Fault, FaultParameter, Need } from './types.ts';

const FAMILIES: readonly (readonly [Family, string])[] = [
  ['node', 'Nodes'],
  ['pod', 'Pods and containers'],
  ['network', 'Network'],
  ['controlplane', 'Control plane'],
  ['change', 'Changes by the operator'],
];

const ELSEWHERE = [
  ['chaosMesh', 'Chaos Mesh'],
  ['litmus', 'LitmusChaos'],
  ['krkn', 'krkn'],
] as const;

/** What a fault acts through. */
export const NEEDS: Readonly<Record<Need, string>> = {
  api: 'the API server alone',
  exec: 'commands in running containers',
  physical: 'the world below the API',
};

const escaped = (text: string): string => text.replace(/\|/g, '\\|');

function parameterLine(p: FaultParameter): string {
  const field = p.field as ParameterField;
  const given =
    p.required === true
      ? ', required'
      : p.default === undefined
        ? ''
        : `, ${printField(field, p.default)} unless given`;
  return `\`${columnOf(field)}\` (${valuesOf(p)}${given}): ${p.about}`;
}

/** What others call it, in one line; '' when they have none like it. */
export const elsewhereOf = (fault: Fault): string =>
  ELSEWHERE.flatMap(([key, name]) =>
    fault.elsewhere[key] === undefined ? [] : [`${name}: ${fault.elsewhere[key]}`],
  ).join('; ');

function section(fault: Fault): string {
  const elsewhere = elsewhereOf(fault);
  return [
    `### ${fault.kind}`,
    '',
    `${fault.about}${fault.voluntary ? ' Voluntary: budgets are asked.' : ''}`,
    '',
    `- Heals: ${fault.heals}`,
    `- Needs: ${NEEDS[fault.needs]}`,
    `- Target: ${fault.target === 'none' ? 'none' : fault.target}`,
    ...(fault.parameters.length === 0
      ? []
      : ['- Parameters:', ...fault.parameters.map((p) => `  - ${parameterLine(p)}`)]),
    ...(elsewhere === '' ? [] : [`- Elsewhere: ${elsewhere}`]),
    '',
    '```gherkin',
    ...fault.phrases.flatMap((p) => [`When ${p.en}`, `もし ${p.ja}`]),
    '```',
    '',
  ].join('\n');
}

/** `docs/faults.md`, written by `npm run generate`. */
export function faultsPage(): string {
  const count = FAULTS.length;
  return [
    '# Faults',
    '',
    '<!-- Written by `npm run generate` from the catalogue in src/chaos: change it there. -->',
    '',
    `The ${count} faults of the catalogue; \`npx seatrial faults\` lists them too.`,
    '',
    '`{nodes}` is `node "node-1"`, `zone "zone-a"`, `a node`, `every node`, `2 nodes`, `50% of nodes` or ' +
      '`some nodes`, the last five also with `matching "SELECTOR"`;',
    '`{pods}` is `pod "web-0"`, or as many as that `… pods matching "app=web"`; `{containers}` is `a ' +
      'container of {pods}` or `container "web" of {pods}`.',
    'Which ones a number means is drawn from the seed when the fault strikes, and the output names them. ' +
      'A fault that meets no target fails the scenario.',
    `\`{lasting}\` is nothing or \` for ${printDuration(300_000)}\`: without it the fault lasts until ` +
      `\`every fault is healed\`, or \`fault "${FAULTS[0]!.kind}" is healed\`.`,
    '',
    'Any fault can be said by its name, with the parameters below as rows, and in a schedule, with the ' +
      'parameters as columns:',
    '',
    '```gherkin',
    'When fault "NodePowerLoss" strikes:',
    '  | target | 2 nodes matching pool=blue |',
    '  | for    | 90s                        |',
    'When these faults strike:',
    '  | at  | fault         | target                  | for | exitCode |',
    '  | 0s  | NodePowerLoss | zone zone-a             | 5m  |          |',
    '  | 30s | ContainerCrash | one pod matching app=web |     | 137      |',
    '```',
    '',
    ...FAMILIES.flatMap(([family, title]) => {
      const members = FAULTS.filter((f) => f.family === family);
      return members.length === 0
        ? []
        : [
            `## ${title}`,
            '',
            '| Fault | What it does |',
            '|---|---|',
            ...members.map((f) => `| [${f.kind}](#${f.kind.toLowerCase()}) | ${escaped(f.about)} |`),
            '',
            ...members.map(section),
          ];
    }),
  ].join('\n');
}
