/**
 * What kubectl says of the cluster itself. Sources:
 * staging/src/k8s.io/kubectl/pkg/cmd/{version,apiresources,clusterinfo}.
 */
import { apiVersionText } from '../../sim/api/resources/definition.ts';
import { flag } from '../flags.ts';
import { writeOut, type Verb } from '../session.ts';

const SERVER_VERSION = 'v1.36.0';

export const versionVerb: Verb = {
  name: 'version',
  flags: [flag('client')],
  run(session) {
    writeOut(session, `Client Version: ${SERVER_VERSION}\nKustomize Version: v5.7.1\n`);
    if (!session.flags.bool('client')) writeOut(session, `Server Version: ${SERVER_VERSION}\n`);
    return 0;
  },
};

export const apiResourcesVerb: Verb = {
  name: 'api-resources',
  flags: [flag('namespaced'), flag('no-headers'), flag('api-group', 'string')],
  run(session) {
    const { flags } = session;
    const rows = [...session.cluster.resources.all()]
      .filter(
        (k) =>
          (!flags.has('namespaced') || k.namespaced === flags.bool('namespaced')) &&
          (!flags.has('api-group') || k.group === flags.text('api-group')),
      )
      .map((k) => [k.plural, k.shortNames.join(','), k.apiVersion, String(k.namespaced), k.kind])
      .sort((a, b) => (a[2]! === b[2]! ? (a[0]! < b[0]! ? -1 : 1) : a[2]! < b[2]! ? -1 : 1));
    const all = flags.bool('no-headers')
      ? rows
      : [['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'], ...rows];
    const widths = [0, 1, 2, 3].map((i) => Math.max(...all.map((r) => r[i]!.length)) + 3);
    for (const r of all)
      writeOut(session, `${r.map((cell, i) => (i < 4 ? cell.padEnd(widths[i]!) : cell)).join('')}\n`);
    return 0;
  },
};

export const apiVersionsVerb: Verb = {
  name: 'api-versions',
  flags: [],
  run(session) {
    const versions = new Set(
      [...session.cluster.resources.all()].flatMap(({ group, versions }) =>
        versions.map(({ name }) => apiVersionText(group, name)),
      ),
    );
    for (const version of [...versions].sort()) writeOut(session, `${version}\n`);
    return 0;
  },
};

export const clusterInfoVerb: Verb = {
  name: 'cluster-info',
  flags: [],
  run(session) {
    writeOut(
      session,
      'Kubernetes control plane is running at https://172.18.0.2:6443\n\nTo further debug and diagnose ' +
        "cluster problems, use 'kubectl cluster-info dump'.\n",
    );
    return 0;
  },
};
