/** What is said of a request's way, and of what was in it. */
import type { Obstacle, Place } from '../sim/messages.ts';

/** Words for what is in the way at a place; `it`: the place by its kind and name, `via`: the node before. */
type Words = (facts: { readonly it: string; readonly via: string }) => string;

export interface StopFacts {
  readonly place: Place;
  readonly name: string;
  readonly obstacle: Obstacle;
  /** '': it met no node before. */
  readonly via: string;
}

export interface HopFacts {
  readonly place: Place;
  readonly name: string;
  readonly afterMs: number;
  /** '': it went on. */
  readonly obstacle: Obstacle | '';
}

interface WayWords {
  readonly places: Readonly<Record<Place, (name: string) => string>>;
  readonly obstacles: Readonly<Record<Obstacle, Words>>;
  readonly client: string;
}

const EN: WayWords = {
  client: 'client',
  places: {
    name: (name) => `name ${name}`,
    loadBalancer: (name) => `load balancer ${name}`,
    node: (name) => `node ${name}`,
    service: (name) => `service ${name}`,
    pod: (name) => (name.includes('/') ? `pod ${name}` : name),
  },
  obstacles: {
    nameUnknown: ({ it }) => `the ${it} is not known`,
    dnsFails: ({ it }) => `DNS does not answer for the ${it}`,
    dnsLies: ({ it }) => `DNS gives the ${it} an address that is nobody's`,
    dnsSlow: ({ it }) => `DNS takes too long for the ${it}`,
    noNode: ({ it }) => `no node is on by which ${it} can be reached`,
    noTargets: ({ it }) => `${it} knows no healthy node`,
    sourceDenied: ({ it }) => `the client is not in the source ranges of ${it}`,
    nodeOff: ({ it }) => `${it} is off`,
    noPath: ({ it, via }) => `no packet gets${via === '' ? '' : ` from node ${via}`} to ${it}`,
    serviceUnknown: ({ it, via }) => `node ${via} has not heard of ${it}`,
    noSuchPort: ({ it }) => `${it} has no port of that number`,
    noEndpoints: ({ it, via }) => `${it} has no endpoints, as node ${via} knows it`,
    noReadyEndpoints: ({ it }) => `${it} has no ready endpoint, as the proxy before it knows it`,
    noRule: ({ it }) => `no rule of an Ingress that ${it} knows is for the request`,
    noRoute: ({ it }) => `no route of a Gateway that ${it} knows is for the request`,
    invalidBackend: ({ it }) => `the route's backend ${it} cannot be had`,
    noLocalEndpoints: ({ it, via }) =>
      `${it} has no endpoint on node ${via}, and its traffic policy is Local`,
    podGone: ({ it }) => `${it} is not there`,
    staleRoute: ({ it, via }) => `node ${via} still routes to ${it}, which is gone`,
    egressDenied: ({ it }) => `the network policies of the client do not let it out to ${it}`,
    ingressDenied: ({ it }) => `the network policies of ${it} do not let the client in`,
    notListening: ({ it }) => `nothing listens at ${it}`,
    endedMeanwhile: ({ it }) => `${it} ended before it answered`,
    connectionBroken: ({ it }) => `the connection was open since before ${it} began anew`,
    noAnswer: ({ it }) => `${it} does not answer`,
    tooSlow: ({ it }) => `${it} takes longer than the client waits`,
    errorStatus: ({ it }) => `${it} answers so`,
  },
};

const JA: WayWords = {
  client: 'クライアント',
  places: {
    name: (name) => `名前${name}`,
    loadBalancer: (name) => `ロードバランサー${name}`,
    node: (name) => `ノード${name}`,
    service: (name) => `Service ${name}`,
    pod: (name) => (name.includes('/') ? `Pod ${name}` : name),
  },
  obstacles: {
    nameUnknown: ({ it }) => `${it}は存在しない`,
    dnsFails: ({ it }) => `DNSが${it}に応答しない`,
    dnsLies: ({ it }) => `DNSが${it}に誰のものでもないアドレスを返す`,
    dnsSlow: ({ it }) => `${it}へのDNSの応答が遅すぎる`,
    noNode: ({ it }) => `${it}に届く稼働中のノードがない`,
    noTargets: ({ it }) => `${it}から見て正常なノードがない`,
    sourceDenied: ({ it }) => `クライアントのアドレスが${it}の許す送信元の範囲にない`,
    nodeOff: ({ it }) => `${it}の電源が切れている`,
    noPath: ({ it, via }) => `${via === '' ? '' : `ノード${via}から`}${it}にパケットが届かない`,
    serviceUnknown: ({ it, via }) => `ノード${via}は${it}をまだ知らない`,
    noSuchPort: ({ it }) => `${it}にその番号のポートがない`,
    noEndpoints: ({ it, via }) => `ノード${via}から見て${it}にエンドポイントがない`,
    noReadyEndpoints: ({ it }) => `手前のプロキシから見て${it}に準備完了のエンドポイントがない`,
    noRule: ({ it }) => `${it}の知るIngressに、このリクエストに当てはまるルールがない`,
    noRoute: ({ it }) => `${it}の知るGatewayに、このリクエストに当てはまるルートがない`,
    invalidBackend: ({ it }) => `ルートの指すバックエンド${it}が使えない`,
    noLocalEndpoints: ({ it, via }) =>
      `ノード${via}に${it}のエンドポイントがなく、トラフィックポリシーはLocalである`,
    podGone: ({ it }) => `${it}は存在しない`,
    staleRoute: ({ it, via }) => `ノード${via}は、もう存在しない${it}にまだ転送している`,
    egressDenied: ({ it }) => `クライアントのNetworkPolicyが${it}への通信を許していない`,
    ingressDenied: ({ it }) => `${it}のNetworkPolicyがクライアントからの通信を許していない`,
    notListening: ({ it }) => `${it}で待ち受けているものがない`,
    endedMeanwhile: ({ it }) => `${it}が応答する前に終了した`,
    connectionBroken: ({ it }) => `${it}が起動し直す前からの接続だった`,
    noAnswer: ({ it }) => `${it}が応答しない`,
    tooSlow: ({ it }) => `${it}の応答をクライアントは待ちきれない`,
    errorStatus: ({ it }) => `${it}がそう応答している`,
  },
};

const placeIn = ({ places }: WayWords, place: Place, name: string): string => places[place](name);

const stopIn = (words: WayWords, { place, name, obstacle, via }: StopFacts): string =>
  words.obstacles[obstacle]({ it: placeIn(words, place, name), via });

/** `client → node node-1 (0.4 ms) → service default/web (0.4 ms): service default/web has no endpoints, …` */
function wayIn(words: WayWords, hops: readonly HopFacts[]): string {
  const last = hops.at(-1)!;
  const via = hops.find((hop) => hop.place === 'node' && hop !== last)?.name ?? '';
  const gone = hops.map(
    ({ place, name, afterMs }) => `${placeIn(words, place, name)} (${Number(afterMs.toFixed(1))} ms)`,
  );
  const stop = last.obstacle === '' ? '' : `: ${stopIn(words, { ...last, obstacle: last.obstacle, via })}`;
  return `${[words.client, ...gone].join(' → ')}${stop}`;
}

export const wayText = {
  en: (hops: readonly HopFacts[]): string => wayIn(EN, hops),
  ja: (hops: readonly HopFacts[]): string => wayIn(JA, hops),
};

export const stopText = {
  en: (stop: StopFacts): string => stopIn(EN, stop),
  ja: (stop: StopFacts): string => stopIn(JA, stop),
};
