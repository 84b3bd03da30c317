/** `seatrial faults`: the catalogue. */
import type { Command } from 'commander';
import { FAULTS } from '../chaos/index.ts';

export function addFaults(program: Command): void {
  program.command('faults').description('list the faults of the catalogue and how a step says them').action(() => {
    for (const fault of FAULTS) {
      console.log(`${fault.kind}${fault.voluntary ? '  (voluntary)' : ''}\n  ${fault.about}`);
      for (const phrase of fault.phrases) console.log(`    When ${phrase.en}`);
    }
  });
}
