/** Checks whose jobs draw input in processes of their own, and add up what it came to. */
import type { Tally } from '../../src/fuzz/outcome.ts';
import type { Plan } from './check.ts';
import { script, told } from './processes.ts';

/** A script that prints a tally, and how many inputs that is of. */
interface Share {
  readonly name: string;
  readonly command: Parameters<typeof script>;
  readonly many: number;
}

/** @param words of a sum: what was drawn, what becomes of what is well, and what is wrong with the rest */
export function sharedOut(
  shares: readonly Share[],
  words: { readonly inputs: string; readonly accepted: string; readonly wrong: string },
): Plan {
  const details: string[] = [];
  let inputs = 0;
  let defects = 0;
  const jobs = shares.map(({ name, command, many }) => ({
    name,
    async run() {
      const ended = await script(...command);
      if (ended.code !== 0) {
        details.push(`${name}: ${told(ended)}`);
        defects += 1;
        return `exit ${ended.code}`;
      }
      const { counts, bad } = JSON.parse(ended.stdout) as Tally;
      inputs += many;
      defects += bad.length;
      for (const { input, outcome } of bad)
        details.push(
          `${name}, ${outcome.of} (${Math.round(outcome.tookMs)} ms): ${outcome.message}\n${input}`,
        );
      return (
        `${counts.accepted} ${words.accepted}, ${counts.refused} refused, ${counts.defect} defects, ` +
        `${counts.late} late`
      );
    },
  }));
  return {
    jobs,
    verdict: () => ({
      ok: details.length === 0,
      said: `${inputs.toLocaleString('en')} ${words.inputs}, ${details.length} ${words.wrong}`,
      details,
      defects,
    }),
  };
}
