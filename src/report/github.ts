/**
 * What a run says in GitHub Actions: annotations at the lines that failed, by workflow commands, and the
 * job's summary in Markdown.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { languageOf, say, shortened, type Language } from '../messages/index.ts';
import { visible } from '../messages/visible.ts';
import { isBad, type FeatureRecord, type Problem, type RunRecord, type ScenarioRecord } from './record.ts';
import type { Reporter } from './reporter.ts';
import { languageOfRun } from './terminal.ts';
import { warningsOf } from './warnings.ts';
import { writing } from './writing.ts';

/** How many failures the summary tells of; GitHub takes a mebibyte of it. */
const TOLD = 50;

interface Place {
  readonly file: string;
  readonly line: number;
}

const data = (text: string): string =>
  visible(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

function annotation(level: 'error' | 'warning', { file, line }: Place, title: string, text: string): string {
  return `::${level} file=${property(file)},line=${line},title=${property(title)}::${data(text.trim())}\n`;
}

/** As GitHub names files: from the folder that it runs in. */
const fileOf = (uri: string): string => relative(process.cwd(), uri) || uri;

interface Failure extends Place {
  readonly scenario: ScenarioRecord;
  readonly language: Language;
  /** The step that failed; absent: the scenario as a whole. */
  readonly step?: string;
  readonly problem: Problem | undefined;
}

function failureOf(scenario: ScenarioRecord, { uri, language }: FeatureRecord): Failure {
  const step = scenario.steps.find((s) => isBad(s.result));
  return {
    scenario,
    language: languageOf(language),
    file: fileOf(uri),
    line: step?.line ?? scenario.line,
    ...(step === undefined ? {} : { step: `${step.keyword}${step.text}` }),
    problem: step?.problem ?? scenario.problem,
  };
}

const failuresOf = ({ features }: RunRecord): Failure[] =>
  features.flatMap((f) => f.scenarios.filter((s) => isBad(s.result)).map((s) => failureOf(s, f)));

/** Errors at the steps that failed and in files that cannot be read, warnings at scenarios that have some. */
export function annotationsOf(run: RunRecord): string {
  const failures = failuresOf(run).map((failure) => {
    const { scenario, step = scenario.name, problem, language } = failure;
    return annotation('error', failure, scenario.name, shortened(problem?.message ?? step, language));
  });
  const unreadable = run.unreadable.map(({ uri, problem }) =>
    annotation('error', { file: fileOf(uri), line: 1 }, fileOf(uri), problem.message),
  );
  const warnings = run.features.flatMap(({ uri, language, scenarios }) =>
    scenarios.flatMap((scenario) =>
      warningsOf(scenario, languageOf(language))
        .filter((w) => w.weight === 'warning' && !isBad(scenario.result))
        .map((w) => annotation('warning', { file: fileOf(uri), line: scenario.line }, scenario.name, w.text)),
    ),
  );
  return [...unreadable, ...failures, ...warnings].join('');
}

const html = (text: string): string =>
  visible(text).replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

const folded = (title: string, text: string): string =>
  // A block of `pre` is HTML to its end, whatever stands in it.
  `<details><summary>${html(title).replace(/\n/g, ' ')}</summary>\n\n<pre>\n${html(text.trim())}\n</pre>\n</details>\n`;

/** The job's summary: the counts, then each failure to be unfolded. */
export function summaryOf(run: RunRecord): string {
  const language = languageOfRun(run);
  const scenarios = run.features.flatMap((f) => f.scenarios);
  const failures = failuresOf(run);
  const steps = scenarios.reduce((n, s) => n + s.steps.length, 0);
  const seconds = (run.tookMs / 1000).toFixed(1);
  const counts = [
    say('countPassed', { count: scenarios.length - failures.length }, language),
    say('countFailed', { count: failures.length + run.unreadable.length }, language),
  ].join(language === 'ja' ? '、' : ', ');
  const told = failures.slice(0, TOLD).map((failure) => {
    const { file, line, scenario, step, problem } = failure;
    const text = [step, shortened(problem?.message ?? '', failure.language)];
    return folded(`${file}:${line} ${scenario.name}`, text.filter((t) => t !== undefined).join('\n'));
  });
  const more = failures.length - told.length;
  return [
    `## Seatrial: ${counts}\n`,
    `${say('played', { scenarios: scenarios.length, steps, seconds }, language)}\n`,
    ...run.unreadable.map(({ uri, problem }) => folded(fileOf(uri), problem.message)),
    ...told,
    ...(more > 0 ? [`${say('andMore', { count: more }, language)}\n`] : []),
  ].join('\n');
}

export class GitHub implements Reporter {
  private readonly log: (text: string) => void;
  private readonly summary: string | undefined;

  /** @param summary the file that the job's summary is appended to: `GITHUB_STEP_SUMMARY` */
  constructor(log: (text: string) => void, summary: string | undefined) {
    this.log = log;
    this.summary = summary;
  }

  /** @throws UnwritableError */
  runEnded(run: RunRecord): void {
    this.log(annotationsOf(run));
    const { summary } = this;
    if (summary !== undefined) writing(summary, () => appendFileSync(summary, summaryOf(run)));
  }
}
