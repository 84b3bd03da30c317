/** A run's record as the book that a viewer shows: texts made safe to show, and no more than is needed. */
import { givenFieldText, givenImageText, joined, joinedImages } from '../../dsl/given.ts';
import { INVARIANTS } from '../../invariants/index.ts';
import { LANGUAGES, type Language } from '../../messages/index.ts';
import { visibleIn } from '../../messages/visible.ts';
import { spokenIn } from '../../view/model/speaks.ts';
import { Timeline } from '../../view/timeline.ts';
import type { Book, Cause, Chapter, Cluster, Run, Scenario, Step, Worded } from '../../view/run.ts';
import { isBad } from '../record.ts';
import type {
  FeatureRecord,
  OperationRecord,
  PlayRecord,
  RunRecord,
  ScenarioRecord,
  StepRecord,
} from '../record.ts';
import { entryOf, told } from '../viewed.ts';
import { warningsOf } from '../warnings.ts';

const worded = (words: (language: Language) => string): Worded =>
  Object.fromEntries(LANGUAGES.map((l) => [l, words(l)])) as unknown as Worded;

/** What a play follows from, if playing it again comes to the same history. */
function causeOf({ seed, operations: all, files, marks, hash }: PlayRecord): Cause | undefined {
  if (hash === undefined) return undefined;
  // A claim that does not hold of the past is its verdict, and nothing came of it.
  const operations = all.filter((o) => o.verdict?.holds !== false || o.to > o.from);
  const began = marks['']?.entry;
  const origin = operations.findIndex((o) => began !== undefined && (o.entries?.[0] ?? 0) > began);
  const cause: Cause = {
    seed,
    operations: operations.map((o) => o.operation),
    files,
    ...(origin < 0 ? {} : { origin }),
  };
  try {
    return Timeline.hashOf(cause) === hash ? cause : undefined;
  } catch {
    // Steps of a user's own, a kit: it is shown as it was recorded.
    return undefined;
  }
}

function runOf(play: PlayRecord): Run {
  const cause = causeOf(play);
  return {
    seed: play.seed,
    endedAt: play.endedAt,
    entries: visibleIn(play.entries.map((e) => entryOf(e, cause === undefined))),
    truths: visibleIn(play.truths) as Run['truths'],
    ...(play.hash === undefined ? {} : { hash: play.hash }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function stepOf(step: StepRecord, operation: OperationRecord | undefined): Step {
  const problem = step.failedAsExpected ?? step.problem?.message;
  return {
    ...told(operation),
    keyword: step.keyword,
    text: step.text,
    line: step.line,
    ...(step.docString === undefined ? {} : { docString: step.docString.content }),
    ...(step.table === undefined ? {} : { table: step.table }),
    ...(step.time === undefined ? {} : step.time),
    ...(problem === undefined ? {} : { problem }),
    expected: step.failedAsExpected !== undefined,
    result: step.result,
  };
}

function scenarioOf(scenario: ScenarioRecord): Scenario {
  const { play } = scenario;
  const warnings = LANGUAGES.map((l) => warningsOf(scenario, l));
  const run = play === undefined || play.truths.length === 0 ? undefined : runOf(play);
  return {
    ...visibleIn({
      id: scenario.id,
      name: scenario.name,
      description: scenario.description,
      ...(scenario.rule === undefined ? {} : { rule: scenario.rule }),
      tags: scenario.tags,
      tookMs: scenario.tookMs,
      steps: scenario.steps.map((step) =>
        stepOf(step, step.operation === undefined ? undefined : play?.operations[step.operation]),
      ),
      ...(scenario.problem === undefined ? {} : { problem: scenario.problem.message }),
      notes: warnings[0]!.map((_, i) => worded((l) => warnings[LANGUAGES.indexOf(l)]![i]!.text)),
      result: scenario.result,
    }),
    speaks: spokenIn(run),
    ...(run === undefined ? {} : { run }),
  };
}

const chapterOf = (feature: FeatureRecord): Chapter => ({
  ...visibleIn({
    uri: feature.uri,
    language: feature.language,
    keyword: feature.keyword,
    name: feature.name,
    description: feature.description,
  }),
  scenarios: feature.scenarios.map(scenarioOf),
});

/** Claims that differ by numbers and names only are one. */
const kindOf = (text: string): string =>
  text
    .split('\n')[0]!
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\d+(\.\d+)?/g, 'N')
    .trim();

function failuresOf(scenarios: readonly Scenario[]): Cluster[] {
  const clusters = new Map<string, { claim: string; scenarios: string[] }>();
  for (const { id, steps, problem, result } of scenarios) {
    if (!isBad(result)) continue;
    const step = steps.find((s) => isBad(s.result));
    const claim = step?.text ?? problem?.split('\n')[0] ?? '';
    const cluster = clusters.get(kindOf(claim));
    if (cluster === undefined) clusters.set(kindOf(claim), { claim, scenarios: [id] });
    else cluster.scenarios.push(id);
  }
  return [...clusters.values()].sort((a, b) => b.scenarios.length - a.scenarios.length);
}

/** What was taken as given, each once. */
function givenOf(plays: readonly PlayRecord[]): Worded[] {
  const given = plays.flatMap((p) => p.given);
  return [
    ...joined(given.filter((g) => g.given === 'field')).map((g) => worded((l) => givenFieldText(g, l))),
    ...joinedImages(given.filter((g) => g.given === 'image')).map((g) => worded((l) => givenImageText(g, l))),
  ];
}

/** By name; one that claims all of them asks all. */
function invariantsOf(plays: readonly PlayRecord[]): Book['invariants'] {
  const asked = plays.flatMap((p) =>
    p.operations.flatMap(({ operation }) => {
      if (operation.op !== 'assert' || operation.claim.claim !== 'invariant') return [];
      const { name } = operation.claim as { readonly name?: string };
      return name === undefined ? INVARIANTS.map((i) => i.name) : [name];
    }),
  );
  const names = INVARIANTS.map((i) => i.name);
  return { met: names.filter((n) => asked.includes(n)), unmet: names.filter((n) => !asked.includes(n)) };
}

export function bookOf(record: RunRecord): Book {
  const chapters = record.features.map(chapterOf);
  const plays = record.features.flatMap((f) => f.scenarios).flatMap((s) => s.play ?? []);
  return {
    seatrial: record.seatrial,
    startedAtMs: record.startedAtMs,
    tookMs: record.tookMs,
    result: record.result,
    chapters,
    failures: failuresOf(chapters.flatMap((c) => c.scenarios)),
    unreadable: visibleIn(record.unreadable.map(({ uri, problem }) => ({ uri, problem: problem.message }))),
    given: visibleIn(givenOf(plays)),
    invariants: invariantsOf(plays),
  };
}
