/** `seatrial invariants`: the library. */
import type { Command } from 'commander';
import { INVARIANTS } from '../invariants/index.ts';

export function addInvariants(program: Command): void {
  program
    .command('invariants')
    .description('list the invariants: what each means, why, and how it fails')
    .action(() => {
      for (const { name, about, why, fails } of INVARIANTS)
        console.log(
          `${name}\n  ${about}\n  Why: ${why}.\n  Fails: ${fails}\n    Then invariant "${name}" holds`,
        );
    });
}
