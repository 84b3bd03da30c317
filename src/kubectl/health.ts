/**
 * What an API server answers of its health at /healthz, /livez and /readyz, check by check. Of the checks
 * only etcd's can fail here: a server that answers is past all of its start.
 * Sources: staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go (`handleRootHealth`),
 * server/healthz.go, client-go rest/request.go (`newUnstructuredResponseError`).
 */
import { ApiError } from '../sim/api/errors.ts';

/** What is started after the server, in the order of its registration. */
const HOOKS = (
  'start-apiserver-admission-initializer generic-apiserver-start-informers ' +
  'priority-and-fairness-config-consumer priority-and-fairness-filter storage-object-count-tracker-hook ' +
  'start-apiextensions-informers start-apiextensions-controllers crd-informer-synced ' +
  'start-system-namespaces-controller peer-endpoint-reconciler-controller ' +
  'start-cluster-authentication-info-controller start-kube-apiserver-identity-lease-controller ' +
  'start-kube-apiserver-identity-lease-garbage-collector storage-readiness ' +
  'start-legacy-token-tracking-controller start-service-ip-repair-controllers rbac/bootstrap-roles ' +
  'scheduling/bootstrap-system-priority-classes priority-and-fairness-config-producer bootstrap-controller ' +
  'start-kubernetes-service-cidr-controller aggregator-reload-proxy-client-cert ' +
  'start-kube-aggregator-informers apiservice-status-local-available-controller ' +
  'apiservice-status-remote-available-controller apiservice-registration-controller ' +
  'apiservice-discovery-controller kube-apiserver-autoregistration'
).split(' ');

/** The name of the path is that of the whole. */
export type HealthPath = 'healthz' | 'livez' | 'readyz';

/** The checks of a path, in the order in which they are made. */
export function checksOf(path: HealthPath): readonly string[] {
  const isReadiness = path === 'readyz';
  return [
    ...['ping', 'log', 'etcd'],
    ...(isReadiness ? ['etcd-readiness', 'informer-sync'] : []),
    ...HOOKS.map((hook) => `poststarthook/${hook}`),
    ...['autoregister-completion', 'poststarthook/apiservice-openapi-controller'],
    'poststarthook/apiservice-openapiv3-controller',
    ...(isReadiness ? ['shutdown'] : []),
  ];
}

/** Of an answer that is no Status, so much is shown. */
const SHOWN_BYTES = 2048;

const serverError = (body: string): ApiError =>
  new ApiError(
    'InternalError',
    `an error on the server (${JSON.stringify(body.slice(0, SHOWN_BYTES))}) has prevented the request from ` +
      'succeeding',
  );

/** @param quorum whether etcd answers */
export const passes = (check: string, quorum: boolean): boolean => quorum || !check.startsWith('etcd');

export interface Health {
  readonly well: boolean;
  /** What a server writes. */
  readonly text: string;
}

/**
 * What a path answers. @param check one alone (`/livez/etcd`); undefined: all of them
 * @throws ApiError NotFound for a check that there is not
 */
export function healthOf(
  path: HealthPath,
  check: string | undefined,
  query: URLSearchParams,
  quorum: boolean,
): Health {
  const checks = checksOf(path);
  if (check !== undefined) {
    if (!checks.includes(check))
      throw new ApiError('NotFound', 'the server could not find the requested resource');
    return passes(check, quorum)
      ? { well: true, text: 'ok' }
      : {
          well: false,
          text: 'internal server error: error getting data from etcd: context deadline exceeded',
        };
  }
  const excluded = query.getAll('exclude');
  const lines = checks.map((name) =>
    excluded.includes(name)
      ? `[+]${name} excluded: ok\n`
      : passes(name, quorum)
        ? `[+]${name} ok\n`
        : `[-]${name} failed: reason withheld\n`,
  );
  const unknown = excluded.filter((name) => !checks.includes(name));
  if (unknown.length > 0)
    lines.push(
      `warn: some health checks cannot be excluded: no matches for ` +
        `${unknown.map((name) => JSON.stringify(name)).join(',')}\n`,
    );
  const told = lines.join('');
  if (lines.some((line) => line.startsWith('[-]')))
    return { well: false, text: `${told}${path} check failed` };
  return { well: true, text: query.has('verbose') ? `${told}${path} check passed\n` : 'ok' };
}

/** As `kubectl get --raw` prints it. @throws ApiError NotFound, InternalError where a check fails */
export function healthText(...asked: Parameters<typeof healthOf>): string {
  const { well, text } = healthOf(...asked);
  if (!well) throw serverError(text);
  return text;
}
