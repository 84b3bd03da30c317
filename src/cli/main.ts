/** The `seatrial` command. */
import { Command, CommanderError } from 'commander';
import { inputErrorOf } from '../dsl/errors.ts';
import { VERSION } from '../report/version.ts';
import { unwritable } from '../report/writing.ts';
import { tuneEngine } from './engine.ts';
import { BAD_INPUT, DEFECT, UsageError } from './exit.ts';
import { complain, OUTPUT } from './output.ts';

tuneEngine('command');

const program = new Command('seatrial')
  .description('Scenario-based tests and chaos for Kubernetes, played on a deterministic simulator.')
  .version(VERSION)
  .showHelpAfterError('(seatrial --help says more)')
  .configureOutput(OUTPUT)
  .exitOverride();

// Whoever reads our output may stop reading (`| head`); there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  complain(`seatrial: ${unwritable('the output', error)?.message ?? error.message}`);
  process.exit(BAD_INPUT);
});

/** There is no room left for what libraries write for us. */
const isFull = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String((error as NodeJS.ErrnoException).code));

/** A command's module is loaded where it is asked for: all of them take a second. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => unknown>>> = {
  run: async () => (await import('./run.ts')).addRun,
  explore: async () => (await import('./explore/index.ts')).addExplore,
  merge: async () => (await import('./explore/merge.ts')).addMerge,
  mutate: async () => (await import('./mutate/index.ts')).addMutate,
  audit: async () => (await import('./audit/index.ts')).addAudit,
  replay: async () => (await import('./replay.ts')).addReplay,
  report: async () => (await import('./report.ts')).addReport,
  shell: async () => (await import('./shell.ts')).addShell,
  level: async () => (await import('./level.ts')).addLevel,
  play: async () => (await import('./play.ts')).addPlay,
  serve: async () => (await import('./serve.ts')).addServe,
  explain: async () => (await import('./explain/index.ts')).addExplain,
  failures: async () => (await import('./failures/index.ts')).addFailures,
  faults: async () => (await import('./faults.ts')).addFaults,
  invariants: async () => (await import('./invariants.ts')).addInvariants,
  images: async () => (await import('./images.ts')).addImages,
};
const word = process.argv[2] ?? '';
const asked = Object.hasOwn(COMMANDS, word) ? [word] : Object.keys(COMMANDS);
for (const name of asked) (await COMMANDS[name]!())(program);
for (const command of program.commands) command.configureOutput(OUTPUT).exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version are no errors.
    process.exitCode = error.exitCode === 0 ? 0 : BAD_INPUT;
  } else if (error instanceof UsageError || inputErrorOf(error) !== undefined) {
    complain(`seatrial: ${(error as Error).message}`);
    process.exitCode = BAD_INPUT;
  } else if (isFull(error)) {
    complain(`seatrial: ${unwritable(error.path ?? 'a file', error)?.message ?? error.message}`);
    process.exitCode = BAD_INPUT;
  } else {
    const { message, stack } = error as Error;
    complain(`seatrial: this is a defect of Seatrial, please report it: ${message}`);
    complain(process.env['SEATRIAL_DEBUG'] ? (stack ?? message) : '(SEATRIAL_DEBUG=1 shows where)');
    process.exitCode = DEFECT;
  }
}
