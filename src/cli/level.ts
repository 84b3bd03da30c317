/** `seatrial level`: levels are listed, checked and played. */
import type { Command } from 'commander';
import { SPOKEN_OPTION, reportLanguage } from './options.ts';

/** Whoever does not play need not wait for what is played with. */
const levels = () => import('./levels.ts');

export function addLevel(program: Command): void {
  const level = program
    .command('level')
    .description('levels: clusters in trouble, with goals, hints and stars');
  level
    .command('list')
    .description('list those that come with Seatrial')
    .option('--lang <language>', SPOKEN_OPTION)
    .action(async ({ lang }: { lang?: string }) => {
      process.exitCode = (await levels()).list(reportLanguage(lang));
    });
  level
    .command('check')
    .description('play every solution: the start must not meet the goals, and each solution earn all stars')
    .argument('[files...]', 'level files or folders (those that come with Seatrial)')
    .action(async (files: string[]) => {
      process.exitCode = (await levels()).check(files);
    });
  level
    .command('play')
    .description('play one in the terminal')
    .argument('<level>', 'its name, as level list prints it, a file, or endless-N: one that is drawn')
    .option('--lang <language>', SPOKEN_OPTION)
    .action(async (name: string, { lang }: { lang?: string }) => {
      process.exitCode = await (await levels()).play(name, reportLanguage(lang));
    });
  level
    .command('draw')
    .description('draw one by a search: a cluster in trouble that does not mend itself, and a way out')
    .argument('<number>', 'which one: the same number draws the same level')
    .option('--lang <language>', SPOKEN_OPTION)
    .option('--out <file>', 'write the feature there, and print its title alone')
    .action(async (number: string, { lang, out }: { lang?: string; out?: string }) => {
      process.exitCode = await (await levels()).draw(number, reportLanguage(lang), out);
    });
}
