/** A served shop, and how a client without a socket asks it. */
import { filesOf } from '../dsl/filesof.ts';
import type { Operation } from '../dsl/operations/operation.ts';
import { readStep } from '../dsl/scenario.ts';
import { ADMINISTRATOR, AUTHENTICATED, MASTERS, type UserInfo } from '../sim/api/authentication/user.ts';
import type { Flow, HttpRequest, Reply } from './api/http.ts';
import { type Keeps, Served } from './served.ts';

const ADMIN: UserInfo = { username: ADMINISTRATOR, groups: [MASTERS, AUTHENTICATED] };

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: nginx, ports: [{containerPort: 80}]}`;

const START: readonly Operation[] = [
  readStep('Given a cluster with 2 nodes').operation,
  readStep('Given the manifest:', SHOP).operation,
  readStep('Given every pod is ready').operation,
];

export const servedShop = (seed = '1', keeps: Keeps = {}): Served =>
  Served.begin({ seed, start: START, files: filesOf({}), keeps });

export interface Ask {
  readonly type?: string;
  readonly accept?: string;
  readonly user?: UserInfo | 'nobody' | 'refused';
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param body an object, sent as JSON unless a type is given; or a text */
export function requestOf(method: string, url: string, body?: unknown, ask: Ask = {}): HttpRequest {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const { user = ADMIN } = ask;
  return {
    method,
    url,
    headers: {
      ...(ask.accept === undefined ? {} : { accept: ask.accept }),
      ...(body === undefined ? {} : { 'content-type': ask.type ?? 'application/json' }),
      ...ask.headers,
    },
    body: new TextEncoder().encode(text),
    ...(user === 'nobody' ? {} : user === 'refused' ? { refused: true } : { user }),
  };
}

const isFlow = (reply: Reply): reply is Flow => reply.kind === 'flow';

/** What of an answer's body a test looks at, whatever it is. */
export type Body = any;

/** Status and JSON (or text) of an answer. */
export function ask(
  served: Served,
  ...request: Parameters<typeof requestOf>
): { readonly status: number; readonly body: Body; readonly headers: Readonly<Record<string, string>> } {
  const reply = served.handle(requestOf(...request));
  if (reply.kind !== 'answer') throw new Error(`${request[1]} is no answer but a ${reply.kind}`);
  const { status, headers, body } = reply;
  const isJson = (headers['content-type'] ?? '').startsWith('application/json');
  return { status, headers, body: isJson ? JSON.parse(body.toString()) : body };
}

/** @throws Error where the request is refused */
export function flowOf(served: Served, ...request: Parameters<typeof requestOf>): Flow {
  const reply = served.handle(requestOf(...request));
  if (!isFlow(reply)) throw new Error(`${request[1]} is no flow`);
  return reply;
}

/** The events that a watch has for its client. */
export const eventsOf = (flow: Flow): { readonly type: string; readonly object: Body }[] =>
  flow.take().map((line) => JSON.parse(line) as { type: string; object: Body });
