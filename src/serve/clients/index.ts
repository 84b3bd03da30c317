/**
 * What real clients ask of an API server, and what must come back: kubectl 1.20 to 1.33 and
 * @kubernetes/client-node as a proxy before a server saw them, client-go, controller-runtime, helm, k9s and
 * e2e.test as their sources say. In the order in which they are asked: later rows build on earlier ones.
 */
import { BEFORE_TESTS } from './aroundtests.ts';
import { BODIES } from './bodies.ts';
import { DISCOVERY } from './discovery.ts';
import { TRANSPORT } from './heads.ts';
import { MORE } from './more.ts';
import { READS } from './reads.ts';
import { REFUSALS } from './refusals.ts';
import { STREAMS } from './streams.ts';
import { SUBRESOURCES } from './subresources.ts';
import { WRITES } from './writes.ts';
import type { ClientRequest } from './request.ts';

/** By what is looked at. */
export const CLIENT_REQUESTS: Readonly<Record<string, readonly ClientRequest[]>> = {
  'heads and refusals': TRANSPORT,
  discovery: DISCOVERY,
  reads: READS,
  bodies: BODIES,
  writes: WRITES,
  'subresources and reviews': SUBRESOURCES,
  streams: STREAMS,
  'what is asked beside the rest': MORE,
  'what is refused, and in which words': REFUSALS,
  'what e2e.test asks before and after each test': BEFORE_TESTS,
};
