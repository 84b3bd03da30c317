/**
 * `field ".spec.replicas" of deployment "web" is "3"`: what `kubectl get -o jsonpath` prints of an object. A
 * field that is not there prints nothing, which is `""`.
 */
import { say } from '../../messages/index.ts';
import { KubectlError } from '../../kubectl/errors.ts';
import { parseJsonPath, relaxedPath, renderJsonPath } from '../../kubectl/output/jsonpath.ts';
import { wrong } from '../errors.ts';
import { objectNamed } from './object.ts';
import { subjectNamed } from './subject.ts';
import { type ClaimFamily } from './types.ts';
import type { FieldClaim } from './claim.ts';

/** @throws InputError for a path that kubectl takes no sense of */
function valueAt(object: object, path: string): string {
  try {
    return renderJsonPath(parseJsonPath(relaxedPath(path)), object);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw wrong('badFieldPath', { path, problem: error.message });
  }
}

export const field: ClaimFamily<FieldClaim> = {
  claim: 'field',
  phrases: [
    {
      en: '{moment}field {string:path} of {kind} {string:name} is/was {string:is}',
      ja: '{moment}{kind}{name}のフィールド{path}が{is}である',
      about: 'what `kubectl get -o jsonpath` prints at a path like `.spec.replicas`; `""`: it is not there',
    },
  ],
  asks: () => 'api',
  concerns: ({ kind }) => ({ kinds: [kind], world: false }),
  subjects: ({ kind, name }, namespace) => [subjectNamed(kind, name, namespace)],
  evaluate({ path, kind, name, is }, view) {
    const object = objectNamed(view, kind, name);
    if (object === undefined)
      return { holds: false, found: (language) => say('foundNoSuch', { kind, name }, language), objects: [] };
    const value = valueAt(object, path);
    return {
      holds: value === is,
      found: (language) => say('foundField', { value }, language),
      objects: [object],
    };
  },
};
