/** `seatrial faults`: the catalogue. */
import type { Command } from 'commander';
import { FAULTS } from '../chaos/index.ts';
import { columnOf, printField, valuesOf, type ParameterField } from '../chaos/fields.ts';
import { elsewhereOf, NEEDS } from '../chaos/page.ts';
import type { Fault } from '../chaos/types.ts';
import { tell } from './output.ts';

function list(fault: Fault): void {
  tell(
    `${fault.kind}${fault.voluntary ? '  (voluntary)' : ''}\n  ${fault.about}\n  Heals: ${fault.heals}\n  ` +
      `Needs: ${NEEDS[fault.needs]}`,
  );
  if (fault.target !== 'none') tell(`  target: ${fault.target}`);
  for (const p of fault.parameters) {
    const field = p.field as ParameterField;
    const otherwise = p.default === undefined ? '' : `, ${printField(field, p.default)} unless given`;
    const needed = p.required === true ? ', required' : otherwise;
    tell(`  ${columnOf(field)}: ${p.about} (${valuesOf(p)}${needed})`);
  }
  for (const phrase of fault.phrases) tell(`    When ${phrase.en}\n    もし ${phrase.ja}`);
  const elsewhere = elsewhereOf(fault);
  if (elsewhere !== '') tell(`  Elsewhere: ${elsewhere}`);
}

export function addFaults(program: Command): void {
  program
    .command('faults')
    .description('list the faults of the catalogue: what they do, how they heal, how a step says them')
    .action(() => {
      for (const fault of FAULTS) list(fault);
    });
}
