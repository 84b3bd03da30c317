/** What `seatrial level` does with the levels that come with Seatrial, and those of a user's own. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClaimError, InputError, inputErrorOf } from '../dsl/errors.ts';
import { filesIn } from '../files.ts';
import type { Language } from '../messages/index.ts';
import { beginLevel, problemsOf } from '../play/checklevel.ts';
import { drawnNumber } from '../play/endless/name.ts';
import type { Level } from '../play/level.ts';
import { levelText } from '../play/leveltext.ts';
import { readLevel } from '../play/readlevel.ts';
import { Terminal } from '../play/terminal.ts';
import { writeWhole } from '../report/writing.ts';
import { FAILED, PASSED, UsageError } from './exit.ts';
import { featureFiles } from './featurefiles.ts';
import { tell } from './output.ts';
import { PACKAGE } from './place.ts';
import { converse } from './terminalloop.ts';

/** The folder of those that come with Seatrial. */
const bundled = (language: Language): string =>
  fileURLToPath(new URL(`features/levels/${language}`, PACKAGE));

const levelIn = (file: string): Level => readLevel(readFileSync(file, 'utf8'), file, filesIn(dirname(file)));

/** In the order of their names. */
const levelsIn = (language: Language): { file: string; level: Level }[] =>
  featureFiles([bundled(language)])
    .sort()
    .map((file) => ({ file, level: levelIn(file) }));

/** What draws levels is a search, which nobody else waits for. @throws UsageError for what is no number */
async function drawn(number: number, language: Language): Promise<Level> {
  if (!(Number.isInteger(number) && number >= 0 && number <= 999_999_999))
    throw new UsageError('drawn levels have numbers from 0 to 999999999: "seatrial level draw 17"');
  const { drawLevel } = await import('../play/endless/draw.ts');
  return drawLevel(number)[language];
}

/** @param what the name of one that comes with Seatrial, or is drawn, or a file. @throws UsageError */
async function levelNamed(what: string, language: Language): Promise<Level> {
  if (what.endsWith('.feature')) return levelIn(what);
  const number = drawnNumber(what);
  if (number !== undefined) return await drawn(number, language);
  const levels = levelsIn(language).map((l) => l.level);
  const found = levels.find(({ id }) => id === what || id.replace(/^\d+-/, '') === what);
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no level "${what}": name a feature file, endless-N, or one of ` +
      levels.map((l) => l.id).join(', '),
  );
}

export function list(language: Language): number {
  const levels = levelsIn(language).map((l) => l.level);
  const width = Math.max(...levels.map((l) => l.id.length));
  for (const { id, title } of levels) tell(`${id.padEnd(width)}  ${title}`);
  return PASSED;
}

function problemsIn(file: string): string[] {
  try {
    return problemsOf(levelIn(file));
  } catch (error) {
    const wrong = error instanceof ClaimError ? error : inputErrorOf(error);
    if (wrong === undefined) throw error;
    return [wrong.message];
  }
}

/** @returns the exit code */
export function check(what: readonly string[]): number {
  const files =
    what.length > 0 ? featureFiles(what) : (['en', 'ja'] as const).flatMap((l) => featureFiles([bundled(l)]));
  if (files.length === 0) throw new InputError('there is no level to check in what was named');
  let wrong = 0;
  for (const file of files.sort()) {
    const problems = problemsIn(file);
    if (problems.length > 0) wrong += 1;
    tell([`${problems.length === 0 ? '✓' : '✗'} ${file}`, ...problems.map((p) => `    ${p}`)].join('\n'));
  }
  tell(`${files.length - wrong} passed, ${wrong} failed`);
  return wrong === 0 ? PASSED : FAILED;
}

/** @returns the exit code */
export async function play(what: string, language: Language): Promise<number> {
  const level = await levelNamed(what, language);
  const terminal = new Terminal(beginLevel(level), { language: level.language, level, write: writeWhole });
  tell([level.title, '', level.story, '', terminal.run('goals').text, ''].join('\n'));
  return await converse(terminal);
}

/** @param out where the feature is written; absent: it is printed @returns the exit code */
export async function draw(number: string, language: Language, out: string | undefined): Promise<number> {
  const level = await drawn(/^\d+$/.test(number) ? Number(number) : Number.NaN, language);
  if (out === undefined) tell(levelText(level).trimEnd());
  else {
    writeWhole(out, levelText(level));
    tell(`${out}  ${level.title}`);
  }
  return PASSED;
}
