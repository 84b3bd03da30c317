/**
 * What a server says of itself: its version, the groups and versions it serves, and the resources of each.
 * Sources: staging/src/k8s.io/apiserver/pkg/endpoints/discovery, apimachinery/pkg/apis/meta/v1/types.go.
 */
import { METRICS_GROUP, METRICS_VERSION } from './metricsapi.ts';
import { apiVersionText, ruledBy, type ResourceDefinition } from '../sim/api/resources/definition.ts';
import { isReview } from '../sim/api/reviews/definitions.ts';
import type { ResourceRegistry } from '../sim/api/resources/registry.ts';
import type { ClusterApi } from '../sim/clusterapi.ts';

/** What `/version` answers. */
export const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.0',
  /** Of no build: this server was not built from Kubernetes' sources. */
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
};
export const KUSTOMIZE_VERSION = 'v5.7.1';
/** Where the control plane is, as an operator's kubeconfig has it. */
export const SERVER_URL = 'https://172.18.0.2:6443';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** A resource or a subresource of one, as discovery lists it. */
export interface Discovered {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

export function discovered(definition: ResourceDefinition): Discovered {
  const { plural, singular, namespaced, kind, shortNames, categories } = definition;
  return {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: isReview(definition) ? ['create'] : VERBS,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

function subresourcesOf(definition: ResourceDefinition, inVersion: string): Discovered[] {
  const { plural, namespaced, kind, group } = definition;
  const { subresources } = ruledBy(definition, apiVersionText(group, inVersion));
  const of = (name: string, rest: Pick<Discovered, 'kind' | 'group' | 'version'>): Discovered => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    ...rest,
    verbs: SUBRESOURCE_VERBS,
  });
  return [
    ...(subresources.scale === undefined
      ? []
      : [of('scale', { group: 'autoscaling', version: 'v1', kind: 'Scale' })]),
    ...(subresources.status ? [of('status', { kind })] : []),
  ];
}

const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Newest first, as a server prefers them: v2, v1, v1beta1. Source: apimachinery/pkg/version/helpers.go. */
function byPreference(a: string, b: string): number {
  const rank = (version: string): readonly number[] => {
    const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
    return [stage === undefined ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor)];
  };
  const [x, y] = [rank(a), rank(b)];
  return y[0]! - x[0]! || y[1]! - x[1]! || y[2]! - x[2]!;
}

type Groups = ReadonlyMap<string, readonly string[]>;

/** The versions of each group of its own, the preferred one first; '' is the core group. */
export function servedGroups(resources: ResourceRegistry): Groups {
  const groups = new Map<string, Set<string>>();
  for (const { group, versions } of resources.asked())
    for (const { name } of versions) {
      const known = groups.get(group);
      if (known === undefined) groups.set(group, new Set([name]));
      else known.add(name);
    }
  return new Map(
    [...groups.keys()].sort().map((group) => [group, [...groups.get(group)!].sort(byPreference)]),
  );
}

/** As `servedGroups`, with what other servers answer for it. */
export function discoveredGroups({ resources, control }: Pick<ClusterApi, 'resources' | 'control'>): Groups {
  const own = servedGroups(resources);
  if (control.metricsApi() === 'absent') return own;
  const all = [...own, [METRICS_GROUP, [METRICS_VERSION]] as const];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What `/api` answers. */
export const coreVersions = (): object => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '172.18.0.2:6443' }],
});

function groupOf(name: string, versions: readonly string[]): object {
  const of = (version: string): object => ({ groupVersion: `${name}/${version}`, version });
  return { name, versions: versions.map(of), preferredVersion: of(versions[0]!) };
}

/** What `/apis` answers. */
export const groupList = (groups: Groups): object => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [...groups].flatMap(([name, versions]) => (name === '' ? [] : [groupOf(name, versions)])),
});

/** What `/apis/GROUP` answers; undefined where there is no such group. */
export function apiGroup(groups: Groups, name: string): object | undefined {
  const versions = name === '' ? undefined : groups.get(name);
  return versions && { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(name, versions) };
}

/** What `/apis/GROUP/VERSION` and `/api/v1` answer; undefined where that is not served. */
export function resourceList(
  resources: ResourceRegistry,
  group: string,
  version: string,
): object | undefined {
  const served = [...resources.asked()].filter(
    (d) => d.group === group && d.versions.some((v) => v.name === version),
  );
  return served.length === 0
    ? undefined
    : {
        kind: 'APIResourceList',
        ...(group === '' ? {} : { apiVersion: 'v1' }),
        groupVersion: apiVersionText(group, version),
        resources: served.flatMap((d) => [discovered(d), ...subresourcesOf(d, version)]).sort(byName),
      };
}
