/** Clients of a scene's Services, and what campaigns may ask of their requests. */
import { networkOf } from '../dsl/capabilities.ts';
import type { Claim } from '../dsl/claims/claim.ts';
import { NOW } from '../dsl/moment.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { driverOf } from '../dsl/session.ts';
import { readManifests } from '../sim/api/manifest/read.ts';
import type { Millis } from '../sim/kernel/types.ts';
import type { Beginnings } from './beginnings.ts';

/** What is asked of the requests that are sent while faults strike, and while the cluster recovers. */
export interface TrafficOptions {
  /** Requests that a client sends to each Service in a second. */
  readonly perSecond: number;
  /** Least share of all of them that must succeed, in percent. */
  readonly succeeding?: number;
  /** What the longest outage of a client must be under. */
  readonly outageMs?: Millis;
  /** How long an answer may take: a request that takes longer has failed. */
  readonly responseMs?: Millis;
}

interface AppliedService {
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly selector?: object; readonly ports?: readonly { readonly port?: number }[] };
}

/** URLs of the Services that a scene applies, by their first ports. */
function urlsOf(scene: readonly Operation[]): string[] {
  return scene
    .flatMap((o) => (o.op === 'manifest' ? readManifests(o.text, 'manifest') : []))
    .map(({ object }) => object as AppliedService)
    .flatMap(({ kind, metadata, spec }) => {
      const port = spec?.ports?.[0]?.port;
      if (kind !== 'Service' || spec?.selector === undefined || port === undefined) return [];
      return [`http://${metadata?.name}.${metadata?.namespace ?? 'default'}:${port}/`];
    });
}

/** The routes of the last Service are known everywhere. */
const SETTLED: Operation = { op: 'settled' };
/** What a Service answers that speaks HTTP. */
const FINE = 200;

export interface Traffic {
  /** The scene, with its clients at work. */
  readonly scene: readonly Operation[];
  readonly claims: readonly Operation[];
  /** URLs of Services that do not answer while nothing happens: nothing is asked of them. */
  readonly silent: readonly string[];
}

/** @throws InputError, ClaimError where the scene does not come up */
export function withTraffic(
  scene: readonly Operation[],
  { perSecond, succeeding, outageMs, responseMs }: TrafficOptions,
  beginnings: Beginnings,
  seed: number,
): Traffic {
  const settled = [...scene, SETTLED];
  const network = networkOf(driverOf(beginnings.begin(String(seed), settled)));
  const urls = urlsOf(scene);
  const answering = urls.filter((url) => network.request(url, undefined, 'default').answer === FINE);
  const manner = responseMs === undefined ? {} : { timeoutMs: responseMs };
  const asked: Claim[] = [
    ...(succeeding === undefined ? [] : [{ claim: 'traffic', atLeastPercent: succeeding } as const]),
    ...(outageMs === undefined ? [] : [{ claim: 'outage', underMs: outageMs } as const]),
  ];
  return {
    scene: [...settled, ...answering.map((url): Operation => ({ op: 'client', perSecond, url, ...manner }))],
    claims:
      answering.length === 0 ? [] : asked.map((claim): Operation => ({ op: 'assert', moment: NOW, claim })),
    silent: urls.filter((url) => !answering.includes(url)),
  };
}
