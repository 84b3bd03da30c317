/** What faults can be aimed at, in the words of their targets. */
import type { TargetKind } from '../../chaos/types.ts';

interface ObjectOfApi {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template?: unknown;
  };
}

const ZONE = 'topology.kubernetes.io/zone';

const KINDS: Partial<Readonly<Record<TargetKind, string>>> = {
  budget: 'PodDisruptionBudget',
  quota: 'ResourceQuota',
  configMap: 'ConfigMap',
  secret: 'Secret',
  claim: 'PersistentVolumeClaim',
};

const nameOf = ({ metadata: { namespace = 'default', name } }: ObjectOfApi): string =>
  namespace === 'default' ? name : `${namespace}/${name}`;

/** What its controllers made is changed by whoever owns it. */
const isWorkload = ({ kind, spec }: ObjectOfApi): boolean =>
  spec?.template !== undefined && kind !== 'ReplicaSet';

function selectorsOf(objects: readonly ObjectOfApi[]): string[] {
  const selectors = objects.filter(isWorkload).flatMap(({ spec }) => {
    const labels = Object.entries(spec?.selector?.matchLabels ?? {});
    return labels.length === 0 ? [] : [labels.map(([key, value]) => `${key}=${value}`).join(',')];
  });
  return [...new Set(selectors)];
}

/** @param objects of the API, at the moment of the fault */
export function targetsOf(kind: TargetKind, objects: readonly unknown[]): string[] {
  const all = objects as readonly ObjectOfApi[];
  const named = (of: string): string[] => all.filter((o) => o.kind === of).map(nameOf);
  switch (kind) {
    case 'none':
      return [];
    case 'node': {
      const zones = all.filter((o) => o.kind === 'Node').map((o) => o.metadata.labels?.[ZONE] ?? '');
      const zoned = [...new Set(zones.filter((zone) => zone !== ''))].map((zone) => `zone ${zone}`);
      return [...named('Node'), 'one node', 'all nodes', ...(zoned.length > 1 ? zoned : [])];
    }
    case 'pod':
    case 'container':
      return [
        ...named('Pod'),
        ...selectorsOf(all).flatMap((s) => [`one pod matching ${s}`, `all pods matching ${s}`]),
      ];
    case 'workload':
      return all.filter(isWorkload).map((o) => `${o.kind} ${nameOf(o)}`);
    default:
      return named(KINDS[kind]!).filter((name) => name !== 'kube-root-ca.crt');
  }
}
