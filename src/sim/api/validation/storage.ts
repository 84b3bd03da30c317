/**
 * What volumes and claims have in common. Models ValidatePersistentVolumeSpec and
 * ValidatePersistentVolumeClaimSpec of pkg/apis/core/validation/validation.go.
 */
import { asQuantity, isQuantity, QUANTITY_FORMAT_ERROR } from '../quantity.ts';
import { forbidden, invalidValue, problemsAt, required, unsupported, type Causes } from './field.ts';
import { subdomainProblems } from './text.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** @param detail of the error where there are none */
export function validateAccessModes(modes: readonly string[], detail: string, out: Causes): void {
  const field = 'spec.accessModes';
  if (modes.length === 0) out.push(required(field, detail));
  for (const mode of modes)
    if (!ACCESS_MODES.includes(mode)) out.push(unsupported(field, mode, ACCESS_MODES));
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod'))
    out.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'));
}

export function validatePositive(quantity: string | number, field: string, out: Causes): void {
  if (!isQuantity(quantity)) out.push(invalidValue(field, quantity, QUANTITY_FORMAT_ERROR));
  else if (asQuantity(quantity).nano <= 0n)
    out.push(invalidValue(field, String(quantity), 'must be greater than zero'));
}

export function validateVolumeMode(mode: string | undefined, out: Causes): void {
  const modes = ['Block', 'Filesystem'];
  if (mode !== undefined && !modes.includes(mode)) out.push(unsupported('spec.volumeMode', mode, modes));
}

export function validateClassNames(
  spec: { storageClassName?: string; volumeAttributesClassName?: string },
  out: Causes,
): void {
  for (const name of ['storageClassName', 'volumeAttributesClassName'] as const)
    if (spec[name]) problemsAt(`spec.${name}`, spec[name], subdomainProblems(spec[name]), out);
}
