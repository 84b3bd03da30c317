/**
 * As whom a command talks to the API server: by the certificate of a user of the kubeconfig, by a bearer
 * token, or as somebody else. Sources: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/config_flags.go
 * and client-go's tools/clientcmd.
 */
import { ApiError } from '../sim/api/errors.ts';
import { AUTHENTICATED, type UserInfo } from '../sim/api/authentication/user.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';
import { KubectlError } from './errors.ts';
import type { Flags } from './session.ts';

/**
 * Whom the credentials are of; undefined: the administrator's own. @throws KubectlError, ApiError
 * Unauthorized
 */
function authenticated(cluster: ClusterApi, user: string, token: string): UserInfo | undefined {
  if (token !== '') {
    const found = cluster.authenticate(token);
    if (found === undefined) throw new ApiError('Unauthorized', 'Unauthorized');
    return found;
  }
  if (user === '' || user === cluster.by.user) return undefined;
  if (cluster.hasExpired(user)) throw new ApiError('Unauthorized', 'Unauthorized');
  const groups = cluster.users.get(user);
  if (groups === undefined) throw new KubectlError(`auth info ${JSON.stringify(user)} does not exist`);
  return { username: user, groups: [...groups, AUTHENTICATED] };
}

/** What else is said of a user, by key; keys are small, as headers carry them. @throws KubectlError */
function extraOf(given: readonly string[]): Record<string, string[]> {
  const extra = new Map<string, string[]>();
  for (const one of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (name === undefined)
      throw new KubectlError(
        `invalid value ${JSON.stringify(one)} for --as-user-extra: it is to be KEY=VALUE`,
      );
    const key = name.toLowerCase();
    extra.set(key, [...(extra.get(key) ?? []), value!]);
  }
  return Object.fromEntries(extra);
}

/**
 * As whom a command's requests are made; undefined: as the administrator.
 * @param user of commands that name none
 * @throws KubectlError, ApiError
 */
export function userFor(cluster: ClusterApi, flags: Flags, user: string | undefined): UserInfo | undefined {
  const named = flags.has('user') ? flags.text('user') : '';
  const own = authenticated(cluster, named || (user ?? ''), flags.text('token'));
  const as = flags.text('as');
  const groups = flags.list('as-group');
  if (as === '') {
    if (groups.length > 0 || flags.has('as-uid') || flags.has('as-user-extra'))
      throw new KubectlError(
        `requesting uid, groups or user-extra for ` +
          `${own?.username ?? cluster.by.user} without impersonating a user`,
      );
    return own;
  }
  const uid = flags.text('as-uid');
  const extra = flags.has('as-user-extra') ? extraOf(flags.list('as-user-extra')) : undefined;
  return cluster.impersonate(own, {
    user: as,
    groups,
    ...(uid === '' ? {} : { uid }),
    ...(extra === undefined ? {} : { extra }),
  });
}
