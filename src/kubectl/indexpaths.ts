/** The paths that a server has, as it lists them at its root. Models apiserver/pkg/server/routes/index.go. */
import type { ClusterApi } from '../sim/cluster.ts';
import { discoveredGroups } from './discovery.ts';
import { checksOf } from './health.ts';

const OWN =
  '/.well-known/openid-configuration /api /api/v1 /apis /apis/ /metrics /openapi/v2 /openapi/v3 ' +
  '/openapi/v3/ /openid/v1/jwks /version';

export function indexPaths(cluster: Pick<ClusterApi, 'resources' | 'control'>): string[] {
  const groups = [...discoveredGroups(cluster)].filter(([name]) => name !== '');
  return [
    ...OWN.split(' '),
    ...groups.flatMap(([name, versions]) => ['', ...versions].map((v) => `/apis/${name}${v && `/${v}`}`)),
    ...(['healthz', 'livez', 'readyz'] as const).flatMap((path) =>
      ['', ...checksOf(path)].map((check) => `/${path}${check && `/${check}`}`),
    ),
  ].sort();
}
