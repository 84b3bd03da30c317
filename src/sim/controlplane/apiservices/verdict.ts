/** Whether the server behind an APIService is reached. Models remote_available_controller.go. */
import { passed, type Seen, unavailable, type Verdict, verdictOf } from '../../api/apiserviceverdict.ts';
import { leadsToAddOn, METRICS_API, metricsServerIsDown } from '../../api/metricsservice.ts';
import type { APIService } from '../../api/resources/apiservice.ts';
import { rfc3339 } from '../../api/time.ts';
import type { Millis } from '../../kernel/types.ts';
import type { ControllerContext } from '../controller.ts';

type Condition = NonNullable<APIService['status']['conditions']>[number];

/** How long until a server that is known is asked again, whether it answered or not. */
const RESYNC_MS: Millis = 30_000;
const RETRY_MS: Millis = 5000;

/** Whether only metrics-server itself is to be looked at: as an add-on it has neither Service nor Pods. */
const isAddOn = (known: APIService, cache: ControllerContext['cache']): boolean =>
  leadsToAddOn(known) &&
  cache.get('Service', known.spec.service!.namespace!, known.spec.service!.name!) === undefined;

const seenIn = (cache: ControllerContext['cache']): Seen => ({
  service: (namespace, name) => cache.get('Service', namespace, name),
  slices: (namespace) => cache.list('EndpointSlice', namespace),
});

/** Whether an APIService leads to somebody. */
function wayTo(known: APIService, ctx: ControllerContext): Verdict {
  if (known.metadata.name === METRICS_API && !ctx.control.isMeasuring())
    return metricsServerIsDown(known.spec.service!);
  return isAddOn(known, ctx.cache) ? passed() : verdictOf(known, seenIn(ctx.cache));
}

/** What the server behind an APIService that leads somewhere says to the aggregator. */
function answerOf(
  { metadata, spec }: APIService,
  { cache, control }: ControllerContext,
  reply: ReturnType<ControllerContext['control']['behind']>,
): Verdict {
  const { name = '', namespace = '', port = 443 } = spec.service!;
  const isDead = control.isApiDead(metadata.name);
  if (!isDead && (reply === undefined || !('failed' in reply))) return passed();
  const { clusterIP = `${name}.${namespace}.svc` } = cache.get('Service', namespace, name)?.spec ?? {};
  const host = `${clusterIP}:${port}`;
  const url = `https://${host}/apis/${spec.group}/${spec.version}`;
  return unavailable(
    'FailedDiscoveryCheck',
    `failing or missing response from ${url}: Get "${url}": ` +
      (!isDead && reply !== undefined && 'failed' in reply
        ? reply.failed
        : `dial tcp ${host}: connect: connection refused`),
  );
}

/** Writes whether an APIService is available, where it does not say so. @param key its name */
export function syncAvailability(key: string, ctx: ControllerContext): void {
  const known = ctx.cache.get('APIService', '', key) as APIService | undefined;
  if (!known?.spec.service) return;
  const way = wayTo(known, ctx);
  const reply = way.status === 'True' ? ctx.control.behind(key) : undefined;
  const verdict = way.status === 'True' ? answerOf(known, ctx, reply) : way;
  if (reply !== undefined) ctx.queue.addAfter(key, verdict.status === 'True' ? RESYNC_MS : RETRY_MS);
  const { conditions = [] } = known.status;
  const before = conditions.find(({ type }) => type === 'Available');
  const isGivenUp = before?.reason === 'FailedDiscoveryCheck';
  if (isGivenUp && ctx.config.planted === 'api-service-given-up') return;
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
