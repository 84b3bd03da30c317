/**
 * `--validate`: what becomes of fields that the server does not know. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (GetValidationDirective),
 * staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go (fieldValidation).
 */
import { problemsOf } from '../sim/api/resources/problems.ts';
import { decodingError } from '../sim/api/schema/check.ts';
import { dropUnknown } from '../sim/api/schema/patched.ts';
import type { KubeObject } from '../sim/api/types.ts';
import { KubectlError } from './errors.ts';
import type { FileItem } from './fileitem.ts';
import { flag } from './flags.ts';
import { type Session, writeErr } from './session.ts';

export const VALIDATE = flag('validate', 'string', undefined, { bare: 'strict' });

type FieldValidation = 'strict' | 'warn' | 'ignore';

const BOOLEANS: Readonly<Record<string, FieldValidation>> = {
  ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, 'strict'])),
  ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, 'ignore'])),
};

/** What was asked for. @throws KubectlError */
export function fieldValidation({ flags }: Session): FieldValidation {
  const asked = flags.text('validate') || 'strict';
  if (asked === 'strict' || asked === 'warn' || asked === 'ignore') return asked;
  const meant = Object.hasOwn(BOOLEANS, asked) ? BOOLEANS[asked] : undefined;
  if (meant === undefined)
    throw new KubectlError(
      `invalid - validate option ${JSON.stringify(asked)}; must be one of: strict (or true), warn, ignore ` +
        '(or false)',
    );
  return meant;
}

/** What the server's decoder says of a body: a refusal, or warnings. @throws ApiError @throws KubectlError */
export function checkBody(session: Session, { info, draft }: FileItem): void {
  const mode = fieldValidation(session);
  const problems = problemsOf(info, draft);
  const refused = decodingError(
    draft,
    mode === 'strict' ? problems : problems.filter((p) => p.kind === 'type'),
  );
  if (refused !== undefined) throw refused;
  if (mode !== 'warn') return;
  for (const { kind, message } of problems)
    if (kind === 'unknown') writeErr(session, `Warning: ${message}\n`);
}

/** The object as the server decodes it, whose unknown fields nobody refused. */
export const decoded = (session: Session, draft: KubeObject): KubeObject =>
  fieldValidation(session) === 'strict' ? draft : dropUnknown(draft);
