/**
 * `a request to "http://web/" answers 200`: what a request sent at the moment would meet, physically.
 * `service "web" routes to 2 pods`.
 */
import { say } from '../../messages/index.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { matches } from '../../sim/api/selector.ts';
import type { EntryId, Millis } from '../../sim/kernel/types.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { Answer, RequestResult } from '../../drivers/driver.ts';
import { networkOf } from '../capabilities.ts';
import { wrong } from '../errors.ts';
import { checkUrl } from '../url.ts';
import { getObject, objectsOf } from '../state.ts';
import { physicalCause } from './physicalcause.ts';
import { podNamed, selectorFrom } from './select.ts';
import { subjectNamed } from './subject.ts';
import { type ClaimFamily, type View } from './types.ts';
import type { RequestClaim } from './claim.ts';

/** Ready endpoints of a service, each Pod counted once whatever its address families. */
function endpointsOf(
  view: View,
  name: string,
): { addresses: number; objects: { apiVersion: string; kind: string; metadata: never }[] } {
  const at = splitName(name, view.namespace);
  const { ports = [] } = getObject(view.state, 'Service', at.namespace, at.name)?.spec ?? {};
  const wantsPorts = ports.length > 0;
  const ready = new Set<string>();
  const slices = [];
  for (const slice of objectsOf(view.state, 'EndpointSlice')) {
    if (
      slice.metadata.namespace !== at.namespace ||
      slice.metadata.labels?.['kubernetes.io/service-name'] !== at.name
    )
      continue;
    slices.push(slice);
    // Of a named target port that no container has, addresses are listed, and lead nowhere.
    if (wantsPorts && (slice.ports ?? []).length === 0) continue;
    for (const e of slice.endpoints ?? []) {
      if (e.conditions?.ready === false) continue;
      ready.add(
        e.targetRef === undefined ? (e.addresses[0] ?? '') : `${e.targetRef.namespace}/${e.targetRef.name}`,
      );
    }
  }
  return { addresses: ready.size, objects: slices as never };
}

/** How soon one asks again who may meet another Pod. */
const RETRY_MS = 1000;

/** @param pod `namespace/name` */
function isOf(pod: string | undefined, selector: string, view: View): boolean {
  const parsed = selectorFrom(selector);
  const found = pod === undefined ? undefined : podNamed(view, pod);
  return found !== undefined && matches(parsed, found.metadata.labels ?? {});
}

/** @throws InputError for what is no header */
function headerOf(text: string): Record<string, string> {
  const found = /^([\w-]+):\s*(.*)$/.exec(text);
  if (found === null) throw wrong('badHeader', { text });
  return { [found[1]!.toLowerCase()]: found[2]! };
}

/** @throws InputError for a URL that is none, or a Pod that does not run */
function sent(
  { live, namespace }: View,
  to: string,
  from: { namespace: string; name: string } | undefined,
  header: string | undefined,
): RequestResult {
  const network = networkOf(live!);
  const headers = header === undefined ? undefined : headerOf(header);
  checkUrl(to);
  try {
    return network.request(to, from, namespace, headers);
  } catch (error) {
    if (from === undefined || error instanceof ApiError) throw error;
    throw wrong('senderNotRunning', { pod: `${from.namespace}/${from.name}` });
  }
}

/**
 * What lies behind an answer: what happened to whom it reached; where it reached nobody, the last that
 * happened to the service's endpoints, by the API's word or physically.
 */
function behind(to: string, { pod, node }: RequestResult, view: View): EntryId | undefined {
  const [namespace, name] = pod?.split('/') ?? [];
  if (node !== undefined) return physicalCause(view, [{ namespace, pod: name, node }]);
  const host = /^https?:\/\/([^.:/]+)/.exec(to)?.[1];
  const slices = [...objectsOf(view.state, 'EndpointSlice')].filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === host,
  );
  const names = new Set(slices.map(({ metadata }) => metadata.name));
  const written = view.driver.history.findLast(
    (e) => e.type === 'api' && e.kind === 'EndpointSlice' && names.has(e.name),
  )?.id;
  const met = physicalCause(
    view,
    slices.flatMap(({ endpoints }) =>
      (endpoints ?? []).map((e) => ({
        namespace: e.targetRef?.namespace,
        pod: e.targetRef?.name,
        node: e.nodeName,
      })),
    ),
  );
  return met === undefined || (written ?? 0) > met ? written : met;
}

export const request: ClaimFamily<RequestClaim> = {
  claim: 'request',
  phrases: [
    {
      en: '{moment}a request to {string:to} {answer}',
      ja: '{moment}{to}へのリクエスト{answer}',
      about: 'from outside of the pods',
    },
    {
      en: '{moment}a request to {string:to} from pod {string:from} {answer}',
      ja: '{moment}Pod{from}から{to}へのリクエスト{answer}',
    },
    {
      en: '{moment}a request to {string:to} answers/answered {int:answer} in under {duration:underMs}',
      ja: '{moment}{to}へのリクエストに{underMs}未満で{answer}が返る',
      about: 'how long the answer itself takes',
    },
    {
      en:
        '{moment}a request to {string:to} from pod {string:from} answers/answered {int:answer} in under ' +
        '{duration:underMs}',
      ja: '{moment}Pod{from}から{to}へのリクエストに{underMs}未満で{answer}が返る',
    },
    {
      en: '{moment}a request to {string:to} answers/answered {int:answer} from a pod matching {selector:by}',
      ja: '{moment}{to}へのリクエストに{by}に一致するPodから{answer}が返る',
      about: 'which pod answered; of several behind a Service any may, so ask `within …`',
    },
    {
      en:
        '{moment}a request to {string:to} from pod {string:from} answers/answered {int:answer} from a pod ' +
        'matching {selector:by}',
      ja: '{moment}Pod{from}から{to}へのリクエストに{by}に一致するPodから{answer}が返る',
    },
    {
      en: '{moment}a request to {string:to} with header {string:header} {answer}',
      ja: '{moment}ヘッダー{header}を付けた{to}へのリクエスト{answer}',
      about: '`X-Canary: always`; `Host: shop.example.com` asks for that host at the address of the URL',
    },
    {
      en:
        '{moment}a request to {string:to} with header {string:header} answers/answered {int:answer} from a ' +
        'pod matching {selector:by}',
      ja: '{moment}ヘッダー{header}を付けた{to}へのリクエストに{by}に一致するPodから{answer}が返る',
    },
    {
      en: 'a request to {string:to} {answer} within {duration:durationMs}',
      ja: '{durationMs}のうちに{to}へのリクエスト{answer}',
      about: 'when it comes to be answered so',
      build: ({ to, answer }: { to: string; answer: Answer }) => ({ claim: 'request', to, answer }),
      moment: ({ durationMs }: { durationMs: Millis }) => ({ mode: 'within', durationMs }),
    },
    {
      en: '{moment}service {string:service} routes/routed to {int:routes} pod(s)',
      ja: '{moment}Service{service}が{routes}個のPodに振り分ける',
      about: 'ready endpoints',
    },
    {
      en: '{moment}service {string:service} is/was available',
      ja: '{moment}Service{service}が利用可能である',
      about: 'it has a ready endpoint',
      fixed: { available: true },
    },
  ],
  asks: (claim) => (claim.to === undefined ? 'api' : 'physical'),
  // Which Pod it was that answered, an answer does not tell.
  sends: ({ to, by }) => to !== undefined && by === undefined,
  concerns: (claim) =>
    claim.service !== undefined
      ? { kinds: ['EndpointSlice', 'Service'], world: false }
      : { kinds: ['Pod', 'Service', 'EndpointSlice', 'NetworkPolicy'], world: true },
  subjects: ({ service, by }, namespace) => [
    ...(service === undefined ? [] : [subjectNamed('Service', service, namespace)]),
    ...(by === undefined ? [] : [{ selector: by, namespace }]),
  ],
  evaluate(claim, view) {
    if (claim.service !== undefined) {
      const { addresses, objects } = endpointsOf(view, claim.service);
      const at = splitName(claim.service, view.namespace);
      const service = getObject(view.state, 'Service', at.namespace, at.name);
      return {
        holds:
          service !== undefined && (claim.available === true ? addresses > 0 : addresses === claim.routes),
        found: (language) =>
          service === undefined
            ? say('foundNoSuch', { kind: 'service', name: claim.service! }, language)
            : say('foundRoutes', { addresses }, language),
        objects: service === undefined ? objects : [service, ...objects],
      };
    }
    const from = claim.from === undefined ? undefined : splitName(claim.from, view.namespace);
    const result = sent(view, claim.to!, from, claim.header);
    const { answer, tookMs, pod, node, hops = [] } = result;
    const isRight = answer === claim.answer && (claim.by === undefined || isOf(pod, claim.by, view));
    const isLate = view.at + tookMs > view.byMs;
    // Another of the Pods behind a Service may answer the next one, although nothing happens.
    const retryAt = claim.by !== undefined && !isRight ? view.at + RETRY_MS : Number.POSITIVE_INFINITY;
    const recheckAt = Math.min(result.changesAt, retryAt);
    const isTooSlow = claim.underMs !== undefined && tookMs >= claim.underMs;
    const explains = isLate || isTooSlow || (!isRight && hops.at(-1)?.obstacle !== undefined);
    const took = isLate || claim.underMs !== undefined ? Math.round(tookMs) : undefined;
    return {
      holds: isRight && !isLate && !isTooSlow,
      found: (language) =>
        say(
          'foundAnswer',
          {
            answer: String(answer),
            tookMs: took === undefined ? '' : String(took),
            isLate,
            isRight,
            pod: pod ?? '',
            node: node ?? '',
            hops: explains ? hops.map((hop) => ({ ...hop, obstacle: hop.obstacle ?? ('' as const) })) : [],
          },
          language,
        ),
      objects: [],
      cause: () => behind(claim.to!, result, view),
      ...(recheckAt === Number.POSITIVE_INFINITY ? {} : { recheckAt }),
    };
  },
};
