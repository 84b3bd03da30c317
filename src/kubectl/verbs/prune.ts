/**
 * `kubectl apply --prune`: what was applied once and is in no manifest any more goes.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/apply/{apply,prune}.go, pkg/util/prune/prune.go.
 */
import type { ResourceDefinition } from '../../sim/api/resources/definition.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import { KubectlError } from '../errors.ts';
import type { Session } from '../session.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Kinds that are pruned where nobody says which; only a command for no namespace prunes the second. */
const NAMESPACED = (
  'configmaps endpoints persistentvolumeclaims pods replicationcontrollers secrets services jobs.batch ' +
  'cronjobs.batch ingresses.networking.k8s.io daemonsets.apps deployments.apps replicasets.apps ' +
  'statefulsets.apps'
).split(' ');
const OF_CLUSTER = ['namespaces', 'persistentvolumes'];

/** `core/v1/ConfigMap`. @throws KubectlError */
function kindOf({ cluster }: Session, text: string): ResourceDefinition {
  const parts = text.split('/');
  if (parts.length !== 3)
    throw new KubectlError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  const [group, version, kind] = parts as [string, string, string];
  const of = group === 'core' ? '' : group;
  const found = [...cluster.resources.all()].find(
    (d) => d.group === of && d.kind === kind && d.versions.some((v) => v.name === version),
  );
  if (found === undefined)
    throw new KubectlError(
      `no matches for kind "${kind}" in version "${of === '' ? version : `${of}/${version}`}"`,
    );
  return found;
}

/** What is pruned; undefined: nothing. */
export interface Pruning {
  readonly kinds: readonly ResourceDefinition[];
}

/** What the flags ask for, as far as they agree. @throws KubectlError */
export function pruningOf(session: Session): Pruning | undefined {
  const { flags, cluster, namespaceGiven } = session;
  const [all, selector] = [flags.bool('all'), flags.text('selector')];
  if (all && selector !== '') throw new KubectlError('cannot set --all and --selector at the same time');
  const listed = flags
    .list('prune-allowlist')
    .flatMap((kinds) => kinds.split(','))
    .map((kind) => kindOf(session, kind));
  if (!flags.bool('prune')) return undefined;
  if (!all && selector === '')
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the ' +
        '--all flag. If you did not mean to prune all resources, specify a label selector',
    );
  if (listed.length > 0) return { kinds: listed };
  const names = namespaceGiven ? NAMESPACED : [...NAMESPACED, ...OF_CLUSTER];
  return { kinds: names.map((name) => cluster.resources.get(name)) };
}

/**
 * Deletes what is to go. @param applied what the manifests came to
 * @param tell of each that went, or that would
 */
export function prune(
  { api, flags }: Session,
  { kinds }: Pruning,
  applied: readonly KubeObject[],
  dry: boolean,
  tell: (info: ResourceDefinition, object: KubeObject) => void,
): void {
  const kept = new Set(applied.map(({ metadata }) => metadata.uid));
  const namespaces = [...new Set(applied.map(({ metadata }) => metadata.namespace ?? ''))].filter(
    (namespace) => namespace !== '',
  );
  const labelSelector = flags.text('selector');
  const pruneIn = (info: ResourceDefinition, namespace: string): void => {
    for (const object of api.list(info.resource, {
      ...(namespace === '' ? {} : { namespace }),
      ...(labelSelector === '' ? {} : { labelSelector }),
    })) {
      const { annotations, uid, name } = object.metadata;
      if (annotations?.[LAST_APPLIED] === undefined || kept.has(uid)) continue;
      if (!dry) api.delete(info.resource, namespace, name, { propagationPolicy: 'Background' });
      tell(info, object);
    }
  };
  for (const namespace of namespaces) for (const info of kinds) if (info.namespaced) pruneIn(info, namespace);
  for (const info of kinds) if (!info.namespaced) pruneIn(info, '');
}
