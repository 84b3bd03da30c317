/**
 * The roles and bindings that kube-apiserver makes for itself at its start, before anybody can ask for
 * anything: they are there before the history begins. Models
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy and pkg/registry/rbac/rest/storage_rbac.go.
 */
import type { ISubject } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { Binding, Role } from '../../resources/rbac.ts';
import { AUTHENTICATED, MASTERS, UNAUTHENTICATED } from '../../authentication/user.ts';
import type { RbacObjects } from '../policy.ts';
import type { PolicyRule } from '../rules.ts';
import { AGGREGATED, CLUSTER_ROLES, INTO } from './clusterroles.ts';
import { CONTROLLER_ROLES } from './controllerroles.ts';
import { bootstrapped, rulesOf } from './text.ts';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const GROUP = 'rbac.authorization.k8s.io';
const SYSTEM = 'kube-system';

const group = (name: string): ISubject => ({ apiGroup: GROUP, kind: 'Group', name });
const user = (name: string): ISubject => ({ apiGroup: GROUP, kind: 'User', name });
const account = (name: string): ISubject => ({ kind: 'ServiceAccount', name, namespace: SYSTEM });

/** `rbac.authorization.k8s.io/aggregate-to-view` */
const aggregateTo = (role: string): string => `${GROUP}/aggregate-to-${role}`;

/** Which cluster-wide roles are bound to whom, beside those of controllers. */
const BOUND: Readonly<Record<string, readonly ISubject[]>> = {
  'cluster-admin': [group(MASTERS)],
  'system:basic-user': [group(AUTHENTICATED)],
  'system:discovery': [group(AUTHENTICATED)],
  'system:kube-controller-manager': [user('system:kube-controller-manager')],
  'system:kube-dns': [account('kube-dns')],
  'system:kube-scheduler': [user('system:kube-scheduler')],
  'system:monitoring': [group('system:monitoring')],
  // Kubelets are allowed by the node authorizer, and no more than that.
  'system:node': [],
  'system:node-proxier': [user('system:kube-proxy')],
  'system:public-info-viewer': [group(AUTHENTICATED), group(UNAUTHENTICATED)],
  'system:service-account-issuer-discovery': [group('system:serviceaccounts')],
  'system:volume-scheduler': [user('system:kube-scheduler')],
};

/** Roles of a namespace, with whom they are bound to; bound under the name given, or their own. */
const NAMESPACED: readonly {
  readonly namespace: string;
  readonly name: string;
  readonly rules: string;
  readonly subjects: readonly ISubject[];
  readonly binding?: string;
}[] = [
  {
    namespace: 'kube-public',
    name: 'system:controller:bootstrap-signer',
    rules: `
      - | configmaps | get list watch
      - | configmaps | update | cluster-info
      - events.k8s.io | events | create patch update`,
    subjects: [account('bootstrap-signer')],
  },
  {
    namespace: SYSTEM,
    name: 'extension-apiserver-authentication-reader',
    rules: '- | configmaps | get list watch | extension-apiserver-authentication',
    subjects: [user('system:kube-controller-manager'), user('system:kube-scheduler')],
    binding: 'system::extension-apiserver-authentication-reader',
  },
  {
    namespace: SYSTEM,
    name: 'system::leader-locking-kube-controller-manager',
    rules: `
      - | configmaps | watch
      - | configmaps | get update | kube-controller-manager`,
    subjects: [user('system:kube-controller-manager'), account('kube-controller-manager')],
  },
  {
    namespace: SYSTEM,
    name: 'system::leader-locking-kube-scheduler',
    rules: `
      - | configmaps | watch
      - | configmaps | get update | kube-scheduler`,
    subjects: [user('system:kube-scheduler'), account('kube-scheduler')],
  },
  {
    namespace: SYSTEM,
    name: 'system:controller:bootstrap-signer',
    rules: '- | secrets | get list watch',
    subjects: [account('bootstrap-signer')],
  },
  {
    namespace: SYSTEM,
    name: 'system:controller:cloud-provider',
    rules: '- | configmaps | create get list watch',
    subjects: [account('cloud-provider')],
  },
  {
    namespace: SYSTEM,
    name: 'system:controller:token-cleaner',
    rules: `
      - | secrets | get list watch delete
      - events.k8s.io | events | create patch update`,
    subjects: [account('token-cleaner')],
  },
];

const role = (kind: string, metadata: object, rules: readonly PolicyRule[]): Role =>
  ({ apiVersion: API_VERSION, kind, metadata, rules }) as unknown as Role;

const binding = (
  kind: string,
  metadata: object,
  to: string,
  name: string,
  subjects: readonly ISubject[],
): Binding =>
  ({
    apiVersion: API_VERSION,
    kind,
    metadata,
    roleRef: { apiGroup: GROUP, kind: to, name },
    ...(subjects.length === 0 ? {} : { subjects }),
  }) as unknown as Binding;

function clusterRoles(serial: () => number): Role[] {
  const made: Role[] = [];
  for (const [name, text] of Object.entries(CLUSTER_ROLES)) {
    const into = INTO[name];
    made.push(
      role(
        'ClusterRole',
        bootstrapped(name, serial(), into === undefined ? {} : { [aggregateTo(into)]: 'true' }),
        rulesOf(text),
      ),
    );
  }
  for (const [name, text] of Object.entries(CONTROLLER_ROLES))
    made.push(role('ClusterRole', bootstrapped(`system:controller:${name}`, serial()), rulesOf(text)));
  // In the order in which each is complete before another takes its rules over.
  for (const name of ['view', 'edit', 'admin']) {
    const { of, into } = AGGREGATED[name]!;
    const label = aggregateTo(of);
    const rules = made
      .filter((r) => r.metadata.labels?.[label] === 'true')
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .flatMap((r) => r.rules ?? []);
    made.push({
      ...role(
        'ClusterRole',
        bootstrapped(name, serial(), into === undefined ? {} : { [aggregateTo(into)]: 'true' }),
        rules.filter((rule, i) => rules.indexOf(rule) === i) as PolicyRule[],
      ),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] },
    } as Role);
  }
  return made;
}

function build(): Required<RbacObjects> {
  let count = 0;
  const serial = (): number => (count += 1);
  return {
    clusterRoles: clusterRoles(serial),
    clusterRoleBindings: [
      ...Object.entries(BOUND).map(([name, subjects]) =>
        binding('ClusterRoleBinding', bootstrapped(name, serial()), 'ClusterRole', name, subjects),
      ),
      ...Object.keys(CONTROLLER_ROLES).map((name) => {
        const full = `system:controller:${name}`;
        return binding('ClusterRoleBinding', bootstrapped(full, serial()), 'ClusterRole', full, [
          account(name),
        ]);
      }),
    ],
    roles: NAMESPACED.map(({ namespace, name, rules }) =>
      role('Role', bootstrapped(name, serial(), {}, namespace), rulesOf(rules)),
    ),
    roleBindings: NAMESPACED.map(({ namespace, name, subjects, binding: as = name }) =>
      binding('RoleBinding', bootstrapped(as, serial(), {}, namespace), 'Role', name, subjects),
    ),
  };
}

/** One set of objects for all clusters: they are never changed, only replaced. */
let objects: Required<RbacObjects> | undefined;

export function defaultRbacObjects(): (Role | Binding)[] {
  const { clusterRoles, clusterRoleBindings, roles, roleBindings } = (objects ??= build());
  return [...clusterRoles, ...clusterRoleBindings, ...roles, ...roleBindings];
}

let nodeRules: readonly PolicyRule[] | undefined;

/** The rights that the node authorizer goes by where a node's own does not matter. */
export const rulesOfNodes = (): readonly PolicyRule[] =>
  (nodeRules ??= rulesOf(CLUSTER_ROLES['system:node']!));
