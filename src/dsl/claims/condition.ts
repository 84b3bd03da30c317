/**
 * `deployment "web" has condition "Progressing" "False" with reason "ProgressDeadlineExceeded"`. Types and
 * statuses are compared as `kubectl wait` does, whatever their case.
 */
import { say } from '../../messages/index.ts';
import { objectNamed } from './object.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';
import type { ConditionClaim } from './claim.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const wordsOf = ({ type, status, reason, message }: Condition): string =>
  `${type} ${status}${reason ? ` (${reason}${message ? `: ${message}` : ''})` : ''}`;

export const condition: ClaimFamily<ConditionClaim> = {
  claim: 'condition',
  phrases: [
    {
      en: '{moment}{kind} {string:name} has/had condition {string:type} {string:status}',
      ja: '{moment}{kind}{name}のコンディション{type}が{status}である',
      about: '`within 5 minutes deployment "web" has condition "Available" "True"`',
    },
    {
      en:
        '{moment}{kind} {string:name} has/had condition {string:type} {string:status} with reason ' +
        '{string:reason}',
      ja: '{moment}{kind}{name}のコンディション{type}が理由{reason}で{status}である',
      about: '`… has condition "Progressing" "False" with reason "ProgressDeadlineExceeded"`',
    },
  ],
  asks: () => 'api',
  concerns: ({ kind }) => ({ kinds: [kind], world: false }),
  subjects: ({ kind, name }, namespace) => [subjectNamed(kind, name, namespace)],
  evaluate({ kind, name, type, status, reason }, view) {
    const object = objectNamed(view, kind, name);
    if (object === undefined)
      return { holds: false, found: (language) => say('foundNoSuch', { kind, name }, language), objects: [] };
    const all = (object.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
    const found = all.find((c) => isSame(c.type, type));
    return {
      holds:
        found !== undefined &&
        isSame(found.status, status) &&
        (reason === undefined || found.reason === reason),
      found: (language) =>
        found !== undefined
          ? say('foundCondition', { condition: wordsOf(found) }, language)
          : say('foundNoCondition', { type, others: all.map(wordsOf) }, language),
      objects: [object],
    };
  },
};
