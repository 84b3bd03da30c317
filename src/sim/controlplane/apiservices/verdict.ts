/** Whether the server behind an APIService is reached. Models remote_available_controller.go. */
import type { APIService } from '../../api/resources/apiservice.ts';
import { rfc3339 } from '../../api/time.ts';
import type { EndpointSlice } from '../../api/types.ts';
import type { ControllerContext } from '../controller.ts';

type Condition = NonNullable<APIService['status']['conditions']>[number];
type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

const SERVICE_NAME = 'kubernetes.io/service-name';

const PASSED: Verdict = { status: 'True', reason: 'Passed', message: 'all checks passed' };
const unavailable = (reason: string, message: string): Verdict => ({ status: 'False', reason, message });

/** Whether the Service of an APIService leads to somebody. */
export function verdictOf({ spec }: APIService, { cache }: Pick<ControllerContext, 'cache'>): Verdict {
  const { name = '', namespace = '', port = 443 } = spec.service!;
  const service = cache.get('Service', namespace, name);
  if (service === undefined)
    return unavailable('ServiceNotFound', `service/${name} in "${namespace}" is not present`);
  if (service.spec.type === 'ClusterIP' || service.spec.type === undefined) {
    const its = service.spec.ports?.find((p) => p.port === port);
    if (its === undefined)
      return unavailable(
        'ServicePortError',
        `service/${name} in "${namespace}" is not listening on port ${port}`,
      );
    const slices = cache
      .list('EndpointSlice', namespace)
      .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === name);
    if (slices.length === 0)
      return unavailable(
        'EndpointsNotFound',
        `cannot find endpointslices for service/${name} in "${namespace}"`,
      );
    const portName = its.name ?? '';
    const leads = (slice: EndpointSlice): boolean =>
      (slice.endpoints ?? []).some(({ conditions }) => conditions?.ready !== false) &&
      (slice.ports ?? []).some((p) => (p.name ?? '') === portName && p.port !== undefined);
    if (!slices.some(leads))
      return unavailable(
        'MissingEndpoints',
        `endpointslices for service/${name} in "${namespace}" have no addresses with port name ` +
          JSON.stringify(portName),
      );
  }
  return PASSED;
}

/** What the server behind an APIService that leads somewhere says to the aggregator. */
function answerOf({ metadata, spec }: APIService, { cache, control }: ControllerContext): Verdict {
  const { name = '', namespace = '', port = 443 } = spec.service!;
  if (!control.isApiDead(metadata.name)) return PASSED;
  const { clusterIP = '' } = cache.get('Service', namespace, name)!.spec;
  const host = `${clusterIP}:${port}`;
  const url = `https://${host}/apis/${spec.group}/${spec.version}`;
  return unavailable(
    'FailedDiscoveryCheck',
    `failing or missing response from ${url}: Get "${url}": dial tcp ${host}: connect: connection refused`,
  );
}

/** Writes whether an APIService is available, where it does not say so. @param key its name */
export function syncAvailability(key: string, ctx: ControllerContext): void {
  const known = ctx.cache.get('APIService', '', key) as APIService | undefined;
  if (!known?.spec.service) return;
  const way = verdictOf(known, ctx);
  const verdict = way.status === 'True' ? answerOf(known, ctx) : way;
  const { conditions = [] } = known.status;
  const before = conditions.find(({ type }) => type === 'Available');
  if (
    before?.status === verdict.status &&
    before.reason === verdict.reason &&
    before.message === verdict.message
  )
    return;
  const isTurned = before?.status !== verdict.status;
  const condition: Condition = {
    type: 'Available',
    lastTransitionTime: isTurned ? rfc3339(ctx.now) : before.lastTransitionTime!,
    ...verdict,
  };
  const others = conditions.filter(({ type }) => type !== 'Available');
  ctx.api.updateStatus({ ...known, status: { ...known.status, conditions: [...others, condition] } });
}
