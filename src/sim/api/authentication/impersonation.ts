/**
 * Acting as somebody else, for whoever may impersonate. Models
 * staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation.go.
 */
import type { By } from '../../kernel/types.ts';
import type { Attributes } from '../authorization/attributes.ts';
import { accountOf, ANONYMOUS, AUTHENTICATED, groupsOf, UNAUTHENTICATED, type UserInfo } from './user.ts';

/** `--as`, `--as-group`, `--as-uid`, `--as-user-extra`. */
export interface Impersonation {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly uid?: string;
  readonly extra?: NonNullable<UserInfo['extra']>;
}

const AUTHENTICATION = 'authentication.k8s.io';

const asked = (resource: string, name: string, more: Partial<Attributes> = {}): Attributes => ({
  verb: 'impersonate',
  group: '',
  resource,
  subresource: '',
  namespace: '',
  name,
  ...more,
});

/**
 * The user that somebody is to act as. @param check what he must be allowed
 * @throws ApiError Forbidden, by `check`
 */
export function impersonated(
  by: By,
  { user, groups = [], uid, extra }: Impersonation,
  check: (by: By, attributes: Attributes) => void,
): UserInfo {
  const account = accountOf(user);
  check(
    by,
    account === undefined
      ? asked('users', user)
      : asked('serviceaccounts', account.name, { namespace: account.namespace }),
  );
  for (const group of groups) check(by, asked('groups', group));
  for (const [key, values] of Object.entries(extra ?? {}))
    for (const value of values)
      check(by, asked('userextras', value, { group: AUTHENTICATION, subresource: key }));
  if (uid !== undefined) check(by, asked('uids', uid, { group: AUTHENTICATION }));
  const base = groups.length > 0 ? groups : account === undefined ? [] : groupsOf({ user });
  const isKnown = base.includes(AUTHENTICATED) || base.includes(UNAUTHENTICATED);
  const of = user === ANONYMOUS ? UNAUTHENTICATED : AUTHENTICATED;
  return {
    username: user,
    ...(uid === undefined ? {} : { uid }),
    groups: isKnown ? base : [...base, of],
    ...(extra === undefined ? {} : { extra }),
  };
}
