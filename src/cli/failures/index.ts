/** `seatrial failures`: failures that were published, listed and played. */
import type { Command } from 'commander';
import { LANG_OPTION, reportLanguage } from '../options.ts';

export function addFailures(program: Command): void {
  program
    .command('failures')
    .description(
      'failures that were published: list them, or play one as it was and with its fix: ' +
        'exit code 0 both halves go as published, 1 not, 2 bad input',
    )
    .argument('[name]', 'one of them, as the list names it')
    .option('--json', 'print them, or how it went, as JSON')
    .option('--lang <language>', LANG_OPTION)
    .action(async (name: string | undefined, { json, lang }: { json?: true; lang?: string }) => {
      // Whoever asks for something else need not wait for the library.
      const { list, play } = await import('./tell.ts');
      const language = reportLanguage(lang);
      process.exitCode =
        name === undefined ? list(language, json === true) : play(name, language, json === true);
    });
}
