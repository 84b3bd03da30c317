/**
 * Levels are features. `@level` stands above the feature; its description is the story, its `Background` the
 * start. A scenario tagged `@solution` plays to the goals, which are its `Then`; one tagged `@hint` is a hint
 * by its name, and its steps show that it is true. `@outage:30s`, `@commands:2` and `@budget` are what stars
 * are given for. All of it runs as any feature does.
 */
import { parseDuration } from '../chaos/duration.ts';
import { InputError } from '../dsl/errors.ts';
import { type FeatureScenario, type FeatureStep, readFeatureFile } from '../dsl/feature.ts';
import type { AssertOperation } from '../dsl/operations/operation.ts';
import { selfContained } from '../dsl/selfcontained.ts';
import { countOf, readTags } from '../dsl/tags.ts';
import type { Files } from '../dsl/types.ts';
import type { Hint, Level, Said, StarLimits } from './level.ts';

/** Claims that cannot be asked of a cluster that is played with. */
function refuseGoal({ moment }: AssertOperation, where: string): void {
  if (moment.since !== undefined)
    throw new InputError(`${where}: a goal counts from the start of the level: leave out "since"`);
}

const isOwn = (scenario: FeatureScenario, step: FeatureStep): boolean => step.line > scenario.line;
const isGoal = ({ operation }: FeatureStep): boolean => operation.op === 'assert';

function goalsOf(scenario: FeatureScenario, uri: string): Said<AssertOperation>[] {
  const own = scenario.operations.filter((s) => isOwn(scenario, s));
  const first = own.findIndex(isGoal);
  const goals = first < 0 ? [] : own.slice(first);
  if (goals.length === 0)
    throw new InputError(`${uri}:${scenario.line}: a solution ends in "Then", which says the goals`);
  return goals.map(({ operation, text, line }) => {
    const where = `${uri}:${line}`;
    if (operation.op !== 'assert')
      throw new InputError(`${where}: behind "Then" stand goals: what is done stands before them`);
    refuseGoal(operation, where);
    return { operation, text };
  });
}

function starsOf(tags: readonly string[], uri: string): StarLimits {
  const value = (name: string): string | undefined =>
    tags.find((t) => t.startsWith(`@${name}:`))?.slice(name.length + 2);
  const [outage, commands] = [value('outage'), value('commands')];
  const outageMs = outage === undefined ? undefined : parseDuration(outage);
  if (outage !== undefined && outageMs === undefined)
    throw new InputError(`${uri}: the tag @outage:${outage} should hold a duration, as @outage:30s does`);
  return {
    ...(outageMs === undefined ? {} : { outageMs }),
    ...(commands === undefined ? {} : { commands: countOf(`${uri}: commands`, commands, '@commands:2') }),
    ...(tags.includes('@budget') ? { budget: true as const } : {}),
  };
}

const hintOf = (scenario: FeatureScenario): Hint => ({
  text: scenario.name,
  lines: scenario.operations
    .filter((s) => isOwn(scenario, s))
    .flatMap(({ operation }) => (operation.op === 'kubectl' ? operation.lines : [])),
});

const sameGoals = (a: readonly Said[], b: readonly Said[]): boolean =>
  JSON.stringify(a.map((g) => g.operation)) === JSON.stringify(b.map((g) => g.operation));

/**
 * @param uri the file's path, of which the last part names the level
 * @param files what its paths name
 * @throws InputError with file and line, for what is no level
 */
export function readLevel(text: string, uri: string, files: Files): Level {
  const { name, description, tags, language, scenarios } = readFeatureFile(text, uri);
  const tagged = (tag: string): FeatureScenario[] => scenarios.filter((s) => s.tags.includes(tag));
  const solutions = tagged('@solution');
  const [first] = solutions;
  if (!tags.includes('@level'))
    throw new InputError(`${uri}: this is no level: "@level" stands above the feature of one`);
  if (first === undefined)
    throw new InputError(`${uri}: a level has a scenario tagged @solution, whose "Then" says the goals`);
  const goals = goalsOf(first, uri);
  for (const other of solutions)
    if (!sameGoals(goalsOf(other, uri), goals))
      throw new InputError(`${uri}:${other.line}: all solutions of a level end in the same goals`);
  const background = first.operations.filter((s) => !isOwn(first, s)).map((s) => s.operation);
  return {
    id: uri.replace(/^.*\//, '').replace(/\.feature$/, ''),
    language,
    title: name,
    story: description,
    seed: readTags(first.tags).seed ?? '1',
    start: selfContained(background, files),
    hints: tagged('@hint').map(hintOf),
    goals,
    solutions: solutions.map((solution) => ({
      name: solution.name,
      steps: solution.operations
        .filter((s) => isOwn(solution, s) && !isGoal(s))
        .map(({ operation, text: said }) => ({ operation, text: said })),
    })),
    stars: starsOf(tags, uri),
  };
}
