/**
 * Roles and bindings as a table of text: every line is a rule, `groups | resources | verbs | names`, with
 * `-` for the core group and `url` in the place of groups for paths. `read` and `write` stand for the verbs
 * that plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go calls Read and Write.
 */
import { rfc3339 } from '../../time.ts';
import type { ObjectMeta } from '../../types.ts';
import type { PolicyRule } from '../rules.ts';
import { DEFAULT_UID } from './mark.ts';

const SHORT: Readonly<Record<string, readonly string[]>> = {
  read: ['get', 'list', 'watch'],
  write: ['create', 'delete', 'deletecollection', 'patch', 'update'],
};

const words = (text: string): string[] => text.split(' ').filter((w) => w !== '');
const verbsOf = (text: string): string[] => words(text).flatMap((w) => SHORT[w] ?? [w]);

/** @throws Error for a line that is no rule */
function ruleOf(line: string): PolicyRule {
  const [groups, resources, verbs, names] = line.split('|').map((part) => part.trim());
  if (groups === undefined || resources === undefined || verbs === undefined)
    throw new Error(`not a rule: ${line}`);
  if (groups === 'url') return { nonResourceURLs: words(resources), verbs: verbsOf(verbs) };
  return {
    apiGroups: words(groups).map((g) => (g === '-' ? '' : g)),
    resources: words(resources),
    verbs: verbsOf(verbs),
    ...(names === undefined ? {} : { resourceNames: words(names) }),
  };
}

/** Rules, one a line; empty lines count for nothing. */
export const rulesOf = (text: string): PolicyRule[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(ruleOf);

/** What all objects have that the API server makes for itself at its start. */
export const bootstrapped = (
  name: string,
  serial: number,
  labels: Readonly<Record<string, string>> = {},
  namespace?: string,
): ObjectMeta => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  uid: `${DEFAULT_UID}${serial.toString(16).padStart(12, '0')}`,
  resourceVersion: '0',
  creationTimestamp: rfc3339(0),
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
});
