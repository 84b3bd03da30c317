/** `there is no CronTab "nightly"`: whether an object of a kind is there. */
import { say } from '../../messages/index.ts';
import { objectNamed } from './object.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { PresenceClaim } from './claim.ts';

export const presence: ClaimFamily<PresenceClaim> = {
  claim: 'presence',
  phrases: [
    {
      en: '{moment}there is/was a {kind} {string:name}',
      ja: '{moment}{kind}{name}がある',
      fixed: { there: true },
      about: 'of any kind, custom ones among them',
    },
    {
      en: '{moment}there is/was no {kind} {string:name}',
      ja: '{moment}{kind}{name}がない',
      fixed: { there: false },
      about: 'one that is being deleted is there until it is gone',
    },
  ],
  asks: () => 'api',
  concerns: ({ kind }) => ({ kinds: [kind], world: false }),
  subjects: ({ kind, name }, namespace) => [subjectNamed(kind, name, namespace)],
  evaluate({ kind, name, there }, view) {
    const object = objectNamed(view, kind, name);
    return {
      holds: (object !== undefined) === there,
      found: (language) => say(object === undefined ? 'foundNoSuch' : 'foundSuch', { kind, name }, language),
      objects: object === undefined ? [] : [object],
    };
  },
};
