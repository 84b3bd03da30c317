/** The `seatrial` command. */
import { Command, CommanderError } from 'commander';
import { inputErrorOf } from '../dsl/errors.ts';
import { VERSION } from '../report/version.ts';
import { unwritable } from '../report/writing.ts';
import { BAD_INPUT, DEFECT, UsageError } from './exit.ts';
import { addAudit } from './audit/index.ts';
import { addExplore } from './explore/index.ts';
import { addExplain } from './explain/index.ts';
import { addFailures } from './failures/index.ts';
import { addFaults } from './faults.ts';
import { addImages } from './images.ts';
import { addInvariants } from './invariants.ts';
import { addLevel } from './level.ts';
import { addMerge } from './explore/merge.ts';
import { addMutate } from './mutate/index.ts';
import { addPlay } from './play.ts';
import { addReplay } from './replay.ts';
import { addReport } from './report.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import { addShell } from './shell.ts';
import { complain, OUTPUT } from './output.ts';

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

const COMMANDS = [
  addRun,
  addExplore,
  addMerge,
  addMutate,
  addAudit,
  addReplay,
  addReport,
  addShell,
  addLevel,
  addPlay,
  addServe,
  addExplain,
  addFailures,
  addFaults,
  addInvariants,
  addImages,
];
for (const add of COMMANDS) add(program);
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
