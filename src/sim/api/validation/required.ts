/**
 * Validation of an object with what the schema of its kind requires, at any depth. Upstream's validators read
 * Go values, where an absent text is an empty one; ours read what was sent, so the schema is asked first.
 */
import { checkSchema } from '../schema/check.ts';
import type { ObjectType } from '../schema/types.ts';
import { required, type Causes } from './field.ts';

/** Rules of upstream's name a list where they mean an item of it: `metadata.ownerReferences.uid`. */
const unindexed = (field: string): string => field.replace(/\[\d+\]/g, '');

/**
 * @param old the stored object: what the new one shares with it was looked at before
 * @param validate the kind's own rules, in whose words a field is told where they know of it
 */
export function validateWhole(
  object: object,
  old: object | undefined,
  type: ObjectType | undefined,
  validate: (causes: Causes) => void,
): Causes {
  const missing = checkSchema(object, old, type).filter((p) => p.kind === 'missing');
  const causes: Causes = [];
  try {
    validate(causes);
  } catch (error) {
    // They count on what is required, and do not come to their end without it.
    if (missing.length === 0 || !(error instanceof TypeError)) throw error;
  }
  for (const { field } of missing)
    if (!causes.some((c) => [field, unindexed(field)].includes(c.field) || c.field.startsWith(`${field}.`)))
      causes.push(required(field));
  return causes;
}
