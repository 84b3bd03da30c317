/** Rules of CEL in structural schemas. */
import type { Causes } from '../../validation/field.ts';
import type { StructuralSchema } from './schema.ts';

export const hasRules = (_schema: StructuralSchema): boolean => false;

export function validateRules(
  _object: object,
  _old: object | undefined,
  _schema: StructuralSchema,
  _out: Causes,
): void {}

/** What is wrong with the rules of a schema. @param path of `x-kubernetes-validations` */
export function compileRules(
  _schema: StructuralSchema,
  _isRoot: boolean,
  _path: string,
  _uncorrelated: string | undefined,
  _out: Causes,
): void {}
