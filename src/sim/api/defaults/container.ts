/** Defaults of containers, probes, handlers and ports. Models pkg/apis/core/v1/defaults.go. */
import type { Container, Probe } from '../types.ts';
import { fill, fillZero, into, intoEach } from './fill.ts';
import { defaultResourceList } from './resources.ts';

type Handler = NonNullable<NonNullable<Container['lifecycle']>['preStop']>;
type HttpGet = NonNullable<Probe['httpGet']>;
type EnvVar = NonNullable<Container['env']>[number];
type Resources = NonNullable<Container['resources']>;

/** The tag an image reference means: `latest` when it names neither tag nor digest (pkg/util/parsers). */
export function imageTag(image: string): string {
  const [name = '', digest] = image.split('@', 2);
  const colon = name.lastIndexOf(':');
  if (colon > name.lastIndexOf('/')) return name.slice(colon + 1);
  return digest === undefined ? 'latest' : '';
}

const defaultHttpGet = (action: HttpGet): HttpGet => fillZero(action, { path: '/', scheme: 'HTTP' });
const defaultHandler = (handler: Handler): Handler => into(handler, 'httpGet', defaultHttpGet);

function defaultProbe(probe: Probe): Probe {
  let next = into(probe, 'httpGet', defaultHttpGet);
  next = into(next, 'grpc', (grpc) => fill(grpc, { service: '' }));
  return fillZero(next, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
}

function defaultResources(resources: Resources): Resources {
  return into(into(resources, 'limits', defaultResourceList), 'requests', defaultResourceList);
}

const defaultEnv = (env: EnvVar): EnvVar =>
  into(env, 'valueFrom', (from) =>
    into(
      into(from, 'fieldRef', (ref) => fillZero(ref, { apiVersion: 'v1' })),
      'fileKeyRef',
      (ref) => fill(ref, { optional: false }),
    ),
  );

export function defaultContainer(container: Container): Container {
  let next = intoEach(container, 'ports', (port) => fillZero(port, { protocol: 'TCP' }));
  next = intoEach(next, 'env', defaultEnv);
  next = fill(next, { resources: {} });
  next = into(next, 'resources', defaultResources);
  next = into(next, 'livenessProbe', defaultProbe);
  next = into(next, 'readinessProbe', defaultProbe);
  next = into(next, 'startupProbe', defaultProbe);
  next = into(next, 'lifecycle', (lifecycle) =>
    into(into(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler),
  );
  return fillZero(next, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent',
  });
}

/** In a Pod, unlike in a template, requests that are not given follow the limits. */
export function requestsFromLimits(container: Container): Container {
  const limits = container.resources?.limits;
  if (limits === undefined || limits === null) return container;
  const requests = fill(
    (container.resources!.requests ?? {}) as Record<string, string | number>,
    limits as Record<string, string | number>,
  );
  return requests === container.resources!.requests
    ? container
    : { ...container, resources: { ...container.resources, requests } };
}

/** With the host's network a container port is a host port. */
export const hostPorts = (container: Container): Container =>
  intoEach(container, 'ports', (port) => fillZero(port, { hostPort: port.containerPort }));
