/**
 * `kubectl create role` and its kin, `create token`. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/create/create_{role,clusterrole,token}.go and
 * create_{rolebinding,clusterrolebinding}.go beside them.
 */
import type { IPolicyRule, ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { answeredRequest, type IssuedToken, type TokenRequest } from '../../sim/api/authentication/tokens.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { BareError, KubectlError, usageError } from '../errors.ts';
import { flag, PRINT } from '../flags.ts';
import { formatOf, objectText } from '../output/objects.ts';
import { resolveType } from '../resources.ts';
import { writeErr, writeOut, type Session, type Verb } from '../session.ts';
import { COMMON, createObject, nameOf } from './create.ts';

const GROUP = 'rbac.authorization.k8s.io';

const split = (session: Session, name: string): string[] =>
  session.flags
    .list(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

interface GroupResource {
  readonly group: string;
  readonly plural: string;
}

/** validResourceVerbs (pkg/cmd/create/create_role.go). */
const STANDARD_VERBS = new Set(
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(
    ' ',
  ),
);

const ROLES: readonly GroupResource[] = ['roles', 'clusterroles'].map((plural) => ({ group: GROUP, plural }));

/** What is not done to all resources, and to what that need not be one (specialVerbs). */
const SPECIAL_VERBS: Readonly<Record<string, readonly GroupResource[]>> = {
  use: ['policy', 'extensions'].map((group) => ({ group, plural: 'podsecuritypolicies' })),
  bind: ROLES,
  escalate: ROLES,
  impersonate: [
    { group: '', plural: 'users' },
    { group: '', plural: 'serviceaccounts' },
    { group: '', plural: 'groups' },
    { group: 'authentication.k8s.io', plural: 'userextras' },
  ],
};

/** Verbs of a rule: `*` stands for all. @throws KubectlError for none */
function verbsOf(session: Session): string[] {
  const verbs = [...new Set(split(session, 'verb'))];
  if (verbs.length === 0) throw new KubectlError('at least one verb must be specified');
  return verbs.includes('*') ? ['*'] : verbs;
}

/** What there is of a name among the resources; what is none of them, by its name and group. */
function resourceOf(session: Session, type: string, verbs: readonly string[]): GroupResource {
  if (type === '*') return { group: '*', plural: '*' };
  let problem: unknown;
  let of: GroupResource;
  try {
    of = resolveType(session.cluster.resources, type);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    problem = new BareError(error.message);
    const [plural = '', ...group] = type.split('.');
    of = { group: group.join('.'), plural };
  }
  for (const verb of verbs) {
    const special = SPECIAL_VERBS[verb];
    if (special === undefined) continue;
    if (!special.some(({ group, plural }) => group === of.group && plural === of.plural))
      throw new KubectlError(`can not perform '${verb}' on '${of.plural}' in group '${of.group}'`);
    problem = undefined;
  }
  if (problem !== undefined) throw problem;
  return of;
}

/** A rule a group, of the resources given. @throws KubectlError for one that is not served */
function resourceRules(session: Session, verbs: string[]): IPolicyRule[] {
  const byGroup = new Map<string, string[]>();
  const asked = split(session, 'resource');
  for (const verb of asked.length === 0 ? [] : verbs)
    if (!STANDARD_VERBS.has(verb)) writeErr(session, `Warning: '${verb}' is not a standard resource verb\n`);
  for (const text of asked) {
    const [type, ...rest] = text.split('/');
    const of = resourceOf(session, type!, verbs);
    const resource = [of.plural, ...rest].join('/');
    const known = byGroup.get(of.group);
    if (known === undefined) byGroup.set(of.group, [resource]);
    else if (!known.includes(resource)) known.push(resource);
  }
  const resourceNames = [...new Set(session.flags.list('resource-name'))];
  return [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      apiGroups: [group],
      resources,
      verbs,
      ...(resourceNames.length === 0 ? {} : { resourceNames }),
    }));
}

const RULE_FLAGS = [
  ...COMMON,
  flag('verb', 'strings'),
  flag('resource', 'strings'),
  flag('resource-name', 'strings'),
];

export const createRole: Verb = {
  name: 'create role',
  flags: RULE_FLAGS,
  run(s) {
    const name = nameOf(s, 'role');
    const verbs = verbsOf(s);
    const rules = resourceRules(s, verbs);
    if (rules.length === 0) throw new KubectlError('at least one resource must be specified');
    return createObject(s, 'Role', name, { rules });
  },
};

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key, value] = pair.split('=');
      if (!key || value === undefined)
        throw new KubectlError(`${pair}, please provide a valid label selector, such as app=nginx`);
      return [key, value];
    }),
  );
}

/** What may be done to paths that are no resources'. */
const URL_VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', '*']);

export const createClusterRole: Verb = {
  name: 'create clusterrole',
  flags: [...RULE_FLAGS, flag('non-resource-url', 'strings'), flag('aggregation-rule', 'string')],
  run(s) {
    const name = nameOf(s, 'clusterrole');
    const urls = split(s, 'non-resource-url');
    const aggregated = s.flags.text('aggregation-rule');
    if (aggregated !== '') {
      if (['verb', 'resource', 'resource-name', 'non-resource-url'].some((f) => s.flags.has(f)))
        throw new KubectlError(
          'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
        );
      return createObject(s, 'ClusterRole', name, {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: labelsOf(aggregated) }] },
        rules: null,
      });
    }
    const verbs = verbsOf(s);
    if (urls.some((url) => !url.startsWith('/')))
      throw new KubectlError('nonResourceURL should start with /');
    const wrong = urls.length === 0 ? undefined : verbs.find((verb) => !URL_VERBS.has(verb));
    if (wrong !== undefined) throw new KubectlError(`invalid verb: '${wrong}' for nonResourceURL`);
    const rules = resourceRules(s, verbs);
    if (rules.length === 0 && urls.length === 0)
      throw new KubectlError('one of resource or nonResourceURL must be specified');
    return createObject(s, 'ClusterRole', name, {
      rules: [...rules, ...(urls.length === 0 ? [] : [{ nonResourceURLs: urls, verbs }])],
    });
  },
};

function subjectsOf(session: Session): ISubject[] {
  const named = (kind: string, name: string): ISubject => ({ apiGroup: GROUP, kind, name });
  return [
    ...split(session, 'user').map((name) => named('User', name)),
    ...split(session, 'group').map((name) => named('Group', name)),
    ...split(session, 'serviceaccount').map((text) => {
      const [namespace, name, ...more] = text.split(':');
      if (!namespace || !name || more.length > 0)
        throw new KubectlError('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', name, namespace };
    }),
  ];
}

const SUBJECT_FLAGS = [
  ...COMMON,
  flag('clusterrole', 'string'),
  flag('user', 'strings'),
  flag('group', 'strings'),
  flag('serviceaccount', 'strings'),
];

export const createRoleBinding: Verb = {
  name: 'create rolebinding',
  flags: [...SUBJECT_FLAGS, flag('role', 'string')],
  run(s) {
    const name = nameOf(s, 'rolebinding');
    const [clusterRole, role] = [s.flags.text('clusterrole'), s.flags.text('role')];
    if ((clusterRole === '') === (role === ''))
      throw new KubectlError('exactly one of clusterrole or role must be specified');
    const ref = role === '' ? { kind: 'ClusterRole', name: clusterRole } : { kind: 'Role', name: role };
    return createObject(s, 'RoleBinding', name, {
      roleRef: { apiGroup: GROUP, ...ref },
      subjects: subjectsOf(s),
    });
  },
};

export const createClusterRoleBinding: Verb = {
  name: 'create clusterrolebinding',
  flags: SUBJECT_FLAGS,
  run(s) {
    const name = nameOf(s, 'clusterrolebinding');
    const role = s.flags.text('clusterrole');
    if (role === '') throw new KubectlError('required flag(s) "clusterrole" not set');
    const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: role };
    return createObject(s, 'ClusterRoleBinding', name, { roleRef, subjects: subjectsOf(s) });
  },
};

const BOUND_KINDS = ['Pod', 'Secret', 'Node'] as const;

export const createToken: Verb = {
  name: 'create token',
  flags: [
    ...PRINT,
    flag('audience', 'strings'),
    flag('duration', 'duration'),
    flag('bound-object-kind', 'string'),
    flag('bound-object-name', 'string'),
    flag('bound-object-uid', 'string'),
  ],
  run(s) {
    const { flags } = s;
    const [name, ...more] = s.args;
    if (name === undefined || more.length > 0)
      throw usageError('create token', `exactly one NAME is required, got ${s.args.length}`);
    const [kind, bound, uid] = ['kind', 'name', 'uid'].map((f) => flags.text(`bound-object-${f}`)) as [
      string,
      string,
      string,
    ];
    if (kind === '' && bound !== '')
      throw new KubectlError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (kind === '' && uid !== '')
      throw new KubectlError('--bound-object-uid can only be set if --bound-object-kind is provided');
    if (kind !== '' && !BOUND_KINDS.some((k) => k === kind))
      throw new KubectlError(
        `supported --bound-object-kind values are ${[...BOUND_KINDS].sort().join(', ')}`,
      );
    if (kind !== '' && bound === '')
      throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided');
    const durationMs = flags.number('duration', 0);
    if (durationMs < 0) throw new KubectlError('--duration must be greater than or equal to 0');
    const audiences = flags.list('audience');
    const request: TokenRequest = {
      ...(audiences.length === 0 ? {} : { audiences }),
      ...(durationMs === 0 ? {} : { expirationSeconds: Math.floor(durationMs / 1000) }),
      ...(kind === ''
        ? {}
        : { boundObjectRef: { kind: kind as 'Pod', name: bound, ...(uid === '' ? {} : { uid }) } }),
    };
    let issued: IssuedToken;
    try {
      issued = s.api.requestToken(s.namespace, name, request);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new KubectlError(`failed to create token: ${error.message}`);
    }
    const format = formatOf(s);
    if (format.kind === 'table') {
      writeOut(s, `${issued.token}\n`);
      return 0;
    }
    const object = answeredRequest({ namespace: s.namespace, name }, request, issued, s.now);
    const account = s.cluster.resources.get('ServiceAccount');
    const info = { ...account, group: 'authentication.k8s.io', singular: 'tokenrequest' };
    writeOut(s, objectText({ info, object }, 'created', format));
    return 0;
  },
};
