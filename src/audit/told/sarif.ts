/** An audit as SARIF 2.1.0: each finding at the line of the workload that it is about. */
import { lineOf, type Manifests } from '../../edits/manifests.ts';
import type { Language } from '../../messages/index.ts';
import { groupOf, type Audit, type Finding } from '../audit.ts';
import { regressionsOf, type Baseline } from '../baseline.ts';
import { adviceInWords, effectInWords, kindInWords, trialInWords } from '../words.ts';
import type { Known } from '../../failures/likeness.ts';
import type { Served } from '../subject.ts';
import { likenessOf, likeInWords } from './groups.ts';
import { TRIALS } from '../trials/index.ts';

const LEVELS = { planned: 'error', common: 'error', rare: 'warning' } as const;

/** `planned` is told of what a finding is about; what only degrades is a warning at the most. */
const levelOf = ({ effect, trial }: Finding): string =>
  effect.state === 'down' ? LEVELS[trial.likelihood] : effect.missing > 0 ? 'warning' : 'note';

/** `Service default/web`; a name that says what it is of stands by itself. */
const titleOf = ({ as, name }: Served): string => (as === 'Service' ? `Service ${name}` : name);

/** `it-is-rolled-out-anew` */
const ruleOf = (kind: string): string => kind.toLowerCase().replaceAll(' ', '-');

function happened({ trial, service, effect }: Finding, language: Language): string {
  const what = effectInWords(effect, language);
  return language === 'ja'
    ? `${titleOf(service)}、${trialInWords(trial, 'ja')}: ${what}。`
    : `${titleOf(service)} when ${trial.name}: ${what}.`;
}

export interface SarifOptions {
  /** The files of the manifests' texts, as they are named from the root of the repository. */
  readonly files: readonly string[];
  readonly version: string;
  readonly language: Language;
  /** What is known to go wrong; absent: findings are told without comparison. */
  readonly baseline?: Baseline;
  /** Published failures, for comparison. */
  readonly library?: readonly Known[];
}

/** @returns what a file of it holds, as plain data */
export function sarifOf(
  manifests: Manifests,
  { findings }: Pick<Audit, 'findings'>,
  { files, version, language, baseline, library = [] }: SarifOptions,
): object {
  const rules = TRIALS.filter(({ kind }) => findings.some((f) => f.trial.kind === kind));
  const fresh = new Set(baseline === undefined ? [] : regressionsOf(findings, baseline).map(groupOf));
  const stateOf = (group: string): string =>
    !fresh.has(group) ? 'unchanged' : baseline?.findings[group] === undefined ? 'new' : 'updated';
  const seen = new Set<string>();
  const told = findings.filter((f) => !seen.has(groupOf(f)) && seen.add(groupOf(f)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Seatrial audit',
            version,
            rules: rules.map(({ kind }) => ({
              id: ruleOf(kind),
              shortDescription: {
                text: language === 'ja' ? `${kindInWords(kind, 'ja')}とき` : `What happens when ${kind}`,
              },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: told.map((finding) => {
          const { trial, service } = finding;
          const place = trial.workload ?? service.workloads[0]!;
          const uri = (files[manifests.texts[place]!] ?? '').replaceAll('\\', '/');
          return {
            ruleId: ruleOf(trial.kind),
            ruleIndex: rules.findIndex((r) => r.kind === trial.kind),
            level: levelOf(finding),
            message: {
              text: [
                happened(finding, language),
                ...adviceInWords(finding, language),
                ...likeInWords({ like: likenessOf(manifests, finding, library) }, language),
              ].join('\n'),
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(uri) },
                  region: { startLine: lineOf(manifests, { object: place, at: [] }) },
                },
              },
            ],
            partialFingerprints: { 'seatrialAudit/v1': groupOf(finding) },
            ...(baseline === undefined ? {} : { baselineState: stateOf(groupOf(finding)) }),
          };
        }),
      },
    ],
  };
}
