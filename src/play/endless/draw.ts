/**
 * Levels without end: a scene is drawn, and faults are searched that break what holds of it and do not mend
 * by themselves; then remedies, that make it hold again. A level is kept where one or two faults and one or
 * two remedies are enough: so its solution is known.
 */
import fc from 'fast-check';
import { filesOf } from '../../dsl/filesof.ts';
import { standardKit } from '../../dsl/kit.ts';
import type { AssertOperation, Operation } from '../../dsl/operations/operation.ts';
import { vocabularyOf } from '../../dsl/phrases/vocabulary.ts';
import { numericSeed } from '../../explore/draw.ts';
import { LANGUAGES, type Language } from '../../messages/index.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import { beginLevel, PATIENCE_MS, problemsOf, solve } from '../checklevel.ts';
import { inOneLine } from '../drawn.ts';
import { after, holdNow } from '../holds.ts';
import type { Hint, Level, Said, StarLimits } from '../level.ts';
import { Live } from '../live.ts';
import { scoreOf } from '../score.ts';
import { drawnName } from './name.ts';
import { solutionOf } from './remedies.ts';
import { goalsOf, openingOf, type Scene, scenes } from './scene.ts';
import { troublesOf } from './trouble.ts';
import { endlessWords } from './words.ts';

/** Scenes that are tried; one in two is kept. */
const SCENES = 60;

/** Everything of a level but its words. */
interface Drawn {
  readonly number: number;
  readonly scene: Scene;
  readonly opening: readonly Operation[];
  readonly trouble: readonly Operation[];
  readonly goals: readonly AssertOperation[];
  readonly solution: readonly Operation[];
}

const words = vocabularyOf(standardKit);
const said = <O extends Operation>(operation: O, language: Language): Said<O> => ({
  operation,
  text: words.render(operation, language).text,
});

function hintsOf({ scene, trouble, solution }: Drawn, language: Language): Hint[] {
  const { look, happened, helps, and } = endlessWords(language);
  const told = (operations: readonly Operation[]): string =>
    operations.map((o) => inOneLine(o, words, language)).join(and);
  return [
    {
      text: look,
      lines: ['kubectl get nodes', 'kubectl get pods -o wide', `kubectl describe deployment ${scene.app}`],
    },
    { text: happened(told(trouble.filter((o) => o.op !== 'pass'))), lines: [] },
    { text: helps(told(solution)), lines: [] },
  ];
}

function levelOf(drawn: Drawn, stars: StarLimits, language: Language): Level {
  const { number, scene, opening, trouble, goals, solution } = drawn;
  const { title, story, solution: name } = endlessWords(language);
  return {
    id: drawnName(number),
    language,
    title: title(number, scene),
    story: story(scene, solution.length),
    seed: String(number),
    start: [...opening, ...trouble],
    hints: hintsOf(drawn, language),
    goals: goals.map((g) => said(g, language)),
    solutions: [{ name, steps: solution.map((o) => said(o, language)) }],
    stars,
  };
}

/** As long as requests fail while the solution is played, and half a minute more. */
function outageOf(level: Level): Millis {
  const measured = scoreOf(solve(level, level.solutions[0]!), { ...level, stars: { outageMs: 0 } })[0]!
    .measured;
  return measured === 0 ? 0 : Math.ceil((measured + 30_000) / 10_000) * 10_000;
}

/** What a solution earns; undefined where it does not come to its end, or time alone does. */
function starsOf(drawn: Drawn): StarLimits | undefined {
  const { scene, solution } = drawn;
  const bare: StarLimits = { commands: solution.length, ...(scene.budget ? { budget: true } : {}) };
  const level = levelOf(drawn, bare, 'en');
  const waiting = beginLevel(level);
  waiting.pass(PATIENCE_MS, () => waiting.referee!.won);
  if (waiting.referee!.won || problemsOf(level).length > 0) return undefined;
  return { ...bare, outageMs: outageOf(level) };
}

function drawn(number: number): { readonly drawn: Drawn; readonly stars: StarLimits } {
  for (let i = 0; i < SCENES; i += 1) {
    const seed = numericSeed(`${number}/${i}`);
    const scene = fc.sample(scenes, { numRuns: 1, seed })[0]!;
    const [opening, goals] = [openingOf(scene), goalsOf(scene)];
    const live = Live.begin({ seed: String(number), start: opening, files: filesOf({}) });
    if (!holdNow(live, goals)) continue;
    for (const trouble of troublesOf(live, goals, seed)) {
      const solution = solutionOf(after(live, trouble)!, scene, goals);
      if (solution === undefined) continue;
      const is = { number, scene, opening, trouble, goals, solution };
      const stars = starsOf(is);
      if (stars !== undefined) return { drawn: is, stars };
    }
  }
  throw new Error(`no level came of ${SCENES} scenes of number ${number}`);
}

/**
 * The level of a number, in each language. It takes some seconds; the same number draws the same level.
 * @param number from 0 to 999,999,999
 */
export function drawLevel(number: number): Readonly<Record<Language, Level>> {
  const { drawn: is, stars } = drawn(number);
  return Object.fromEntries(LANGUAGES.map((l) => [l, levelOf(is, stars, l)])) as Record<Language, Level>;
}
