/**
 * As whom a request is made. Models staging/src/k8s.io/apiserver/pkg/authentication/user/user.go and, of
 * names that say their groups themselves, serviceaccount/util.go beside it.
 */
import type { By } from '../../kernel/types.ts';
import { remembered } from '../../kernel/memo.ts';

export const MASTERS = 'system:masters';
export const AUTHENTICATED = 'system:authenticated';
export const UNAUTHENTICATED = 'system:unauthenticated';
export const NODES = 'system:nodes';
export const ANONYMOUS = 'system:anonymous';
const SERVICE_ACCOUNTS = 'system:serviceaccounts';
const ACCOUNT_PREFIX = 'system:serviceaccount:';
const NODE_PREFIX = 'system:node:';

/** The administrator of a cluster that kubeadm made, by his certificate. */
export const ADMINISTRATOR = 'kubernetes-admin';
/** The API server, towards itself. */
export const API_SERVER = 'system:apiserver';

/** A user as the authenticator tells the rest of the API server. Plain data. */
export interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** As whom requests are made, with the groups that the name alone does not say. */
export type Identity = Pick<By, 'user' | 'groups'>;

const EVERYTHING: readonly string[] = [MASTERS, AUTHENTICATED];

/** Whom nothing is refused: a part of the API server, or what a user of the simulator adds to a cluster. */
export const unbounded = (name: string): Identity => ({ user: `system:${name}`, groups: EVERYTHING });

/** The groups of users whose certificates are there from the cluster's beginning. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  [ADMINISTRATOR, [MASTERS, AUTHENTICATED]],
  [API_SERVER, [MASTERS, AUTHENTICATED]],
  [ANONYMOUS, [UNAUTHENTICATED]],
]);

/** `system:serviceaccount:shop:web` */
export const accountUser = (namespace: string, name: string): string =>
  `${ACCOUNT_PREFIX}${namespace}:${name}`;

/** The service account that a user name stands for; undefined: none. */
export function accountOf(username: string): { namespace: string; name: string } | undefined {
  if (!username.startsWith(ACCOUNT_PREFIX)) return undefined;
  const [namespace, name, ...more] = username.slice(ACCOUNT_PREFIX.length).split(':');
  return !namespace || !name || more.length > 0 ? undefined : { namespace, name };
}

/** `system:node:node-1` */
export const nodeUser = (node: string): string => `${NODE_PREFIX}${node}`;

/** The node that a user name stands for; undefined: none. */
export const nodeOf = (username: string): string | undefined =>
  username.startsWith(NODE_PREFIX) ? username.slice(NODE_PREFIX.length) : undefined;

const NAMES_KEPT = 1024;

/** The groups that a name alone says. */
const groupsOfName = remembered(NAMES_KEPT, (username: string): readonly string[] => {
  const known = GROUPS.get(username);
  if (known !== undefined) return known;
  const account = accountOf(username);
  if (account !== undefined)
    return [SERVICE_ACCOUNTS, `${SERVICE_ACCOUNTS}:${account.namespace}`, AUTHENTICATED];
  return nodeOf(username) === undefined ? [AUTHENTICATED] : [NODES, AUTHENTICATED];
});

/** The groups of whoever acts; those that his name says, unless he came with others. */
export const groupsOf = ({ user, groups }: Pick<By, 'user' | 'groups'>): readonly string[] =>
  groups ?? groupsOfName(user);

/** Who acts, as admission, reviews and messages name him. */
export const userInfoOf = (by: By): UserInfo => ({
  username: by.user,
  ...(by.uid === undefined ? {} : { uid: by.uid }),
  groups: groupsOf(by),
  ...(by.extra === undefined ? {} : { extra: by.extra }),
});

/** The same act, by another user. */
export const actingAs = (by: By, { username, uid, groups, extra }: UserInfo): By => ({
  actor: by.actor,
  user: username,
  cause: by.cause,
  groups,
  ...(uid === undefined ? {} : { uid }),
  ...(extra === undefined ? {} : { extra }),
});
