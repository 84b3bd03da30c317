/** `seatrial explain`: the path of one kubectl line through the cluster, stage by stage. */
import type { Command } from 'commander';
import { PASSED, FAILED } from '../exit.ts';
import { reportLanguage } from '../options.ts';
import { tell } from '../output.ts';

interface ExplainOptions {
  readonly nodes: string;
  readonly seed: string;
  readonly given: readonly string[];
  readonly user?: string;
  readonly group: readonly string[];
  readonly lang?: string;
  readonly json?: boolean;
}

const several = (value: string, others: readonly string[]): string[] => [...others, value];

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('follow one kubectl line: checks, authentication, …, etcd, controllers, scheduler, kubelet')
    .argument('<line>', 'the line, in quotes: "kubectl create deployment web --image=nginx"')
    .option('--nodes <count>', 'nodes of the cluster', '1')
    .option('--given <manifest>', 'applied before; several times for several', several, [])
    .option('--user <name>', 'whose certificate kubectl has (the administrator)')
    .option('--group <name>', 'a group of that user; several times for several', several, [])
    .option('--seed <seed>', 'seed of everything that is left to chance', '1')
    .option('--lang <language>', 'language of what is said: en or ja (en)')
    .option('--json', 'as data')
    .action(async (line: string, options: ExplainOptions) => {
      const language = reportLanguage(options.lang);
      // Whoever asks for help need not wait for the simulator.
      const { explanationOf } = await import('./scene.ts');
      const { explanationText } = await import('./print.ts');
      const explanation = explanationOf(line, options);
      tell(
        options.json === true
          ? JSON.stringify(explanation, undefined, 2)
          : explanationText(explanation, language),
      );
      process.exitCode = explanation.code === 0 ? PASSED : FAILED;
    });
}
