/** What the last `I run` printed: `the output is:`, `the output contains …`, `the command fails with …`. */
import { say, shortened, type Language } from '../../messages/index.ts';
import type { ClaimFamily } from './types.ts';
import type { OutputClaim } from './claim.ts';

const AGE = /^(?:<unknown>|(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?)$/;
/** Columns whose cells are ages, which are not compared. */
const AGE_COLUMNS = ['AGE', 'LAST SEEN', 'FIRST SEEN', 'DURATION'];

/** A table's cells: columns are separated by at least two spaces (three in kubectl's own output). */
const cellsOf = (line: string): string[] => line.trim().split(/\s{2,}/);

/** `3 (5m ago)`: the age of the last restart. */
const withoutAgo = (cell: string): string => cell.replace(/ \([0-9ydhms]+ ago\)/, ' (ago)');

/**
 * Lines as they are compared: cells of tables by column, ages blank; spaces at line ends and empty lines at
 * both ends ignored.
 */
function normalise(text: string): string[] {
  const lines = text.split('\n').map((l) => l.trimEnd());
  while (lines.length > 0 && lines[0] === '') lines.shift();
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  let ages: number[] = [];
  return lines.map((line) => {
    const cells = cellsOf(line);
    const header = cells.every((c) => c === c.toUpperCase() && /[A-Z]/.test(c));
    if (header) ages = cells.flatMap((c, i) => (AGE_COLUMNS.includes(c) ? [i] : []));
    else for (const i of ages) if (cells[i] !== undefined && AGE.test(cells[i])) cells[i] = '<age>';
    return cells.map(withoutAgo).join('  ');
  });
}

/** Whether a line described several objects and did not say whether their Events are to be told. */
const isEventless = (line: string, text: string): boolean =>
  /\bdescribe\b/.test(line) && !line.includes('--show-events') && /^Name:[^]*^Name:/m.test(text);

const shown = (line: string, text: string, language: Language): string =>
  say(
    'foundPrinted',
    {
      text: text.trim() === '' ? '' : shortened(text.trimEnd(), language),
      eventless: isEventless(line, text),
    },
    language,
  );

export const output: ClaimFamily<OutputClaim> = {
  claim: 'output',
  phrases: [
    {
      en: 'the output is:',
      ja: '出力は次のとおりである:',
      about: 'compares columns and ignores ages',
      docString: 'is',
    },
    { en: 'the output contains {string:contains}', ja: '出力に{contains}が含まれる' },
    { en: 'the output contains:', ja: '出力に次が含まれる:', docString: 'contains', fixed: { block: true } },
    { en: 'the command fails with {string:failsWith}', ja: 'コマンドが{failsWith}というエラーで失敗する' },
    { en: 'the command fails with:', ja: 'コマンドが次のエラーで失敗する:', docString: 'failsWith' },
  ],
  asks: () => 'api',
  concerns: () => ({ kinds: [], world: false }),
  evaluate(claim, view) {
    const out = view.output;
    if (out === undefined)
      return { holds: false, found: (language) => say('foundNothingRun', {}, language), objects: [] };
    if (claim.failsWith !== undefined) {
      const all = `${out.stderr}\n${out.stdout}`;
      return {
        holds: out.code !== 0 && all.includes(claim.failsWith),
        found: (language) =>
          say(
            'foundEnded',
            {
              line: out.line,
              code: out.code,
              printed: shown(out.line, out.code === 0 ? out.stdout : all.trim(), language),
            },
            language,
          ),
        objects: [],
      };
    }
    // As in a terminal, where nobody sees which of the two a line was written to.
    const text = out.stdout === '' ? out.stderr : out.stdout;
    const found = (language: Language): string => shown(out.line, text, language);
    const printed = normalise(text);
    if (claim.is !== undefined) {
      const wanted = normalise(claim.is);
      return {
        holds: wanted.length === printed.length && wanted.every((line, i) => line === printed[i]),
        found,
        objects: [],
      };
    }
    const contains = claim.contains!;
    if (out.stdout.includes(contains) || out.stderr.includes(contains))
      return { holds: true, found, objects: [] };
    // A block may be a part of a table: its lines, in order and next to each other.
    const wanted = normalise(contains);
    const holds =
      wanted.length > 0 &&
      printed.some((_, start) =>
        wanted.every((line, i) => {
          const there = printed[start + i];
          return (
            there !== undefined &&
            (i > 0 || wanted.length > 1 || claim.block ? there === line : there.includes(line))
          );
        }),
      );
    return { holds, found, objects: [] };
  },
};
