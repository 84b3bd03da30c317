/** What a client asks and must be told, and the words of many such requests. */

/** What a request is, and what must come of it. `{pod}` and `{revision}` are filled in by who asks. */
export interface ClientRequest {
  /** Who asks so, and when. */
  readonly client: string;
  /** `GET /api/v1/pods` */
  readonly asks: string;
  readonly accept?: string;
  /** The media type of the body; JSON. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object, sent as JSON, or a text. */
  readonly body?: object | string;
  /** Sends what this command of kubectl sent, in protocol buffers. */
  readonly sends?: string;
  readonly status: number;
  /** The media type of the answer; JSON. */
  readonly gives?: string;
  readonly answers?: Readonly<Record<string, RegExp>>;
  /** What of a JSON body matters, or of a text. */
  readonly shape?: object | RegExp;
  /** Of a watch the types of its first events, with the names of their objects. */
  readonly events?: readonly string[];
  /** To what the connection is upgraded, and which protocol is agreed on. */
  readonly upgraded?: readonly ['websocket' | 'SPDY/3.1', string];
}

export const TABLE = [
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=Table;v=v1beta1;g=meta.k8s.io',
  'application/json',
].join(',');
export const discovery = (...versions: readonly string[]): string =>
  [
    ...versions.map((v) => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`),
    'application/json',
  ].join(',');
export const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
export const PREFERS_PROTOBUF = `${PROTOBUF},application/json`;
export const GNOSTIC = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
export const METADATA = [PROTOBUF, 'application/json']
  .map((type) => `${type};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`)
  .concat('application/json')
  .join(',');
export const MERGE = 'application/merge-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';
export const APPLY = 'application/apply-patch+yaml';
export const JSON_PATCH = 'application/json-patch+json';

export const PODS = '/api/v1/namespaces/default/pods';
export const MAPS = '/api/v1/namespaces/default/configmaps';
export const WEB = '/apis/apps/v1/namespaces/default/deployments/web';

export const configMap = (name: string, data: Readonly<Record<string, string>> = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: { of: 'clients' } },
  data,
});
export const refusal = (reason: string, code: number): object => ({
  kind: 'Status',
  status: 'Failure',
  reason,
  code,
});

export const WATCH_LIST = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
export const BOOKMARKS = 'allowWatchBookmarks=true';

export const websocket = (protocol: string): Partial<ClientRequest> => ({
  headers: {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
    ...(protocol === '' ? {} : { 'sec-websocket-protocol': protocol }),
  },
  status: 101,
});
export const spdy = (...protocols: readonly string[]): Partial<ClientRequest> => ({
  headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocols.join(', ') },
  status: 101,
});
export const ALL_CHANNELS = ['v5', 'v4', 'v3', 'v2'].map((v) => `${v}.channel.k8s.io`);

export const EXEC = `${PODS}/{pod}/exec?command=true&container=web&stderr=true&stdout=true`;
