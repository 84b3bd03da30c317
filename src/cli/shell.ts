/** `seatrial shell`: a cluster to play with in a terminal. */
import type { Command } from 'commander';
import { SPOKEN_OPTION } from './options.ts';
import type { ShellOptions } from './playing.ts';

export function addShell(program: Command): void {
  program
    .command('shell')
    .description('play with a cluster in a terminal: kubectl, time, faults, causes, going back, forks')
    .argument('[what...]', 'manifests to begin with, or a feature whose scene is set')
    .option('--nodes <count>', 'nodes of the cluster that manifests are applied to', '3')
    .option('--seed <seed>', 'seed of everything that is left to chance (1)')
    .option('--lang <language>', SPOKEN_OPTION)
    .action(async (what: string[], options: ShellOptions) => {
      // Whoever does not play need not wait for what is played with.
      const { shell } = await import('./playing.ts');
      process.exitCode = await shell(what, options);
    });
}
