/**
 * Acting as somebody else, for whoever may impersonate. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation.go.
 */
import type { By } from '../../kernel/types.ts';
import type { Attributes } from '../authorization/attributes.ts';
import { accountOf, ANONYMOUS, AUTHENTICATED, groupsOf, UNAUTHENTICATED, type UserInfo } from './user.ts';

/** `--as`, `--as-group`, `--as-uid`. */
export interface Impersonation {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
}

const AUTHENTICATION = 'authentication.k8s.io';

function asked(resource: string, name: string, group = '', namespace = ''): Attributes {
  return { verb: 'impersonate', group, resource, subresource: '', namespace, name };
}

/**
 * The user that somebody is to act as. @param check what he must be allowed
 * @throws ApiError Forbidden, by `check`
 */
export function impersonated(
  by: By,
  { user, groups = [], uid }: Impersonation,
  check: (by: By, attributes: Attributes) => void,
): UserInfo {
  const account = accountOf(user);
  check(
    by,
    account === undefined
      ? asked('users', user)
      : asked('serviceaccounts', account.name, '', account.namespace),
  );
  for (const group of groups) check(by, asked('groups', group));
  if (uid !== undefined) check(by, asked('uids', uid, AUTHENTICATION));
  const base = groups.length > 0 ? groups : account === undefined ? [] : groupsOf({ user });
  const isKnown = base.includes(AUTHENTICATED) || base.includes(UNAUTHENTICATED);
  const of = user === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED;
  return { username: user, ...(uid === undefined ? {} : { uid }), groups: isKnown ? base : [...base, of] };
}
