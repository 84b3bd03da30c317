/** `seatrial invariants`: the library. */
import type { Command } from 'commander';
import { INVARIANTS } from '../invariants/index.ts';
import { ASKED } from '../invariants/page.ts';
import { tell } from './output.ts';

export function addInvariants(program: Command): void {
  program
    .command('invariants')
    .description('list the invariants: what each means, why, and how it fails')
    .action(() => {
      for (const { name, asks, about, why, fails } of INVARIANTS)
        tell(
          `${name}\n  ${about}\n  Why: ${why}.\n  Fails: ${fails}\n  Asks: ${ASKED[asks]}\n    Then ` +
            `invariant "${name}" holds`,
        );
    });
}
