/**
 * What kubectl says of the cluster itself. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/{version,apiresources,clusterinfo}.
 */
import { discoveryText, unavailableGroups } from '../../sim/api/apiservices.ts';
import { apiVersionText, type ResourceDefinition } from '../../sim/api/resources/definition.ts';
import {
  type Discovered,
  discovered,
  KUSTOMIZE_VERSION,
  SERVER_URL,
  discoveredGroups,
  VERSION,
} from '../discovery.ts';
import { KubectlError, usageError } from '../errors.ts';
import { flag, OUTPUT } from '../flags.ts';
import { discoveredMetrics, metricsDefinitions } from '../metricsapi.ts';
import { toYaml } from '../output/yaml.ts';
import { goJsonIndented } from '../output/json.ts';
import { alignRows } from '../printers/table.ts';
import { writeOut, type Session, type Verb } from '../session.ts';

function noArguments({ args, command }: Session): void {
  if (args.length > 0) throw usageError(command, `unexpected arguments: [${args.join(' ')}]`);
}

export const versionVerb: Verb = {
  name: 'version',
  flags: [flag('client'), OUTPUT],
  run(session) {
    const { args, flags } = session;
    if (args.length > 0) throw new KubectlError(`extra arguments: [${args.join(' ')}]`);
    const output = flags.text('output');
    if (!['', 'yaml', 'json'].includes(output)) throw new KubectlError("--output must be 'yaml' or 'json'");
    const told = {
      clientVersion: VERSION,
      kustomizeVersion: KUSTOMIZE_VERSION,
      ...(flags.bool('client') ? {} : { serverVersion: VERSION }),
    };
    if (output === 'yaml') writeOut(session, `${toYaml(told)}\n`);
    else if (output === 'json') writeOut(session, `${JSON.stringify(told, null, 2)}\n`);
    else {
      writeOut(session, `Client Version: ${VERSION.gitVersion}\nKustomize Version: ${KUSTOMIZE_VERSION}\n`);
      if (!flags.bool('client')) writeOut(session, `Server Version: ${VERSION.gitVersion}\n`);
    }
    return 0;
  },
};

interface Listed extends Discovered {
  readonly group: string;
  readonly version: string;
}

const listed = ({ group, versions }: ResourceDefinition, as: Discovered): Listed => ({
  ...as,
  group,
  version: versions[0]!.name,
});

/** @throws KubectlError for an order that there is not */
function inOrder(resources: readonly Listed[], by: string): Listed[] {
  if (!['', 'name', 'kind'].includes(by)) throw new KubectlError('--sort-by accepts only name or kind');
  const key = (r: Listed): string => (by === 'name' ? r.name : by === 'kind' ? r.kind : r.group);
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...resources].sort((a, b) => compare(key(a), key(b)) || compare(a.name, b.name));
}

const words = (list: readonly string[]): string[] => list.flatMap((text) => text.split(','));

export const apiResourcesVerb: Verb = {
  name: 'api-resources',
  flags: [
    flag('namespaced'),
    flag('no-headers'),
    flag('api-group', 'string'),
    flag('verbs', 'strings'),
    flag('categories', 'strings'),
    flag('sort-by', 'string'),
    OUTPUT,
  ],
  run(session) {
    const { flags } = session;
    noArguments(session);
    const [verbs, categories] = [words(flags.list('verbs')), words(flags.list('categories'))];
    const { resources, control } = session.cluster;
    const metrics = control.metricsApi() === 'served' ? metricsDefinitions() : [];
    const found = [
      ...Array.from(resources.asked(), (d) => listed(d, discovered(d))),
      ...metrics.map((d) => listed(d, discoveredMetrics(d))),
    ].filter(
      (r) =>
        (!flags.has('namespaced') || r.namespaced === flags.bool('namespaced')) &&
        (!flags.has('api-group') || r.group === flags.text('api-group')) &&
        verbs.every((verb) => r.verbs.includes(verb)) &&
        categories.every((category) => r.categories?.includes(category) === true),
    );
    const unavailable = unavailableGroups(session.cluster.client().list('APIService'));
    const inOrdered = inOrder(found, flags.text('sort-by'));
    const output = flags.text('output');
    if (output === 'json' || output === 'yaml') {
      const list = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources: inOrdered };
      writeOut(session, output === 'json' ? goJsonIndented(list) : toYaml(list));
    } else if (output === 'name')
      for (const { name, group } of inOrdered)
        writeOut(session, `${group === '' ? name : `${name}.${group}`}\n`);
    else if (output === '' || output === 'wide') {
      const isWide = output === 'wide';
      const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'];
      const rows = inOrdered.map((r) => [
        r.name,
        (r.shortNames ?? []).join(','),
        apiVersionText(r.group, r.version),
        String(r.namespaced),
        r.kind,
        ...(isWide ? [r.verbs.join(','), (r.categories ?? []).join(',')] : []),
      ]);
      const all = flags.bool('no-headers')
        ? rows
        : [isWide ? [...head, 'VERBS', 'CATEGORIES'] : head, ...rows];
      writeOut(session, alignRows(all));
    } else
      throw new KubectlError(
        `unable to match a printer suitable for the output format "${output}", allowed formats are: ` +
          'json,name,wide,yaml',
      );
    if (unavailable.length > 0) throw new KubectlError(discoveryText(unavailable));
    return 0;
  },
};

export const apiVersionsVerb: Verb = {
  name: 'api-versions',
  flags: [],
  run(session) {
    noArguments(session);
    const versions = [...discoveredGroups(session.cluster)].flatMap(([group, names]) =>
      names.map((name) => apiVersionText(group, name)),
    );
    for (const version of versions.sort()) writeOut(session, `${version}\n`);
    return 0;
  },
};

/** The address at which the API server passes requests on to a Service. */
function proxied(namespace: string, name: string, port: { name?: string; port: number } | undefined): string {
  const scheme = port?.name === 'https' || port?.port === 443 ? 'https:' : '';
  const suffix = port?.name !== undefined ? `:${port.name}` : scheme === '' ? '' : ':';
  const service = port === undefined ? name : `${scheme}${name}${suffix}`;
  return `${SERVER_URL}/api/v1/namespaces/${namespace}/services/${service}/proxy`;
}

export const clusterInfoVerb: Verb = {
  name: 'cluster-info',
  flags: [],
  run(session) {
    writeOut(session, `Kubernetes control plane is running at ${SERVER_URL}\n`);
    const services = session.api.list('Service', {
      namespace: session.namespaceGiven ? session.namespace : 'kube-system',
      labelSelector: 'kubernetes.io/cluster-service=true',
    });
    for (const { metadata, spec, status } of services) {
      const [ingress] = status.loadBalancer?.ingress ?? [];
      const link =
        ingress === undefined
          ? proxied(metadata.namespace!, metadata.name, spec.ports?.[0])
          : (spec.ports ?? [])
              .map(({ port }) => `http://${ingress.ip ?? ingress.hostname}:${port} `)
              .join('');
      writeOut(
        session,
        `${metadata.labels?.['kubernetes.io/name'] || metadata.name} is running at ${link}\n`,
      );
    }
    writeOut(session, "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
  },
};
