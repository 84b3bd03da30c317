/**
 * Requests to what runs on a real cluster, sent by Pods of ours in the namespaces that may be touched: one
 * that waits to be asked, and one for each client of a scenario, which tells in its log what became of each
 * request. What is seen is what curl says: a status, why there is none, and how long it took.
 */
import { randomBytes } from 'node:crypto';
import type { Executed } from '../../kubectl/index.ts';
import { ApiError } from '../../sim/api/errors.ts';
import { parseTime } from '../../sim/api/time.ts';
import type { KubeObject, Pod } from '../../sim/api/types.ts';
import type { ApiClient } from '../../sim/api/client.ts';
import type { Millis } from '../../sim/kernel/types.ts';
import type { ClientManner } from '../../sim/network/index.ts';
import type { Network, Outage, RequestFailure, RequestResult, SentRequests } from '../driver.ts';
import type { Connection } from './client.ts';
import { execIn, logOf } from './exec.ts';

/** Has a shell and curl; another one may be named. */
export const CLIENT_IMAGE = 'curlimages/curl:8.11.1';
/** The time-out of a request where none is said. */
const PATIENCE_MS = 10_000;
/** How long a Pod of ours may take until it runs. */
const RUNNING_MS = 120_000;
/** How often one that may be answered otherwise is sent again. */
const AGAIN_MS = 1_000;
/** A process of its own for each request: no more than a small container can begin. */
const MOST_PER_SECOND = 50;

/** Of curl, as its manual names them. */
const NOT_RESOLVED = 6;
const REFUSED = 7;
const TIMED_OUT = 28;

const WRITTEN = '%{http_code} %{time_total}';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** @param led options by which it goes where DNS would not lead it */
const curl = (
  url: string,
  timeoutMs: Millis,
  led: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): string[] => [
  ...['curl', '-s', '-k', '-o', '/dev/null', '-m', String(timeoutMs / 1000), '-w', WRITTEN],
  ...led,
  ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
  url,
];

function answerOf(code: number, exit: number): RequestResult['answer'] {
  if (exit === 0) return code;
  if (exit === NOT_RESOLVED) return 'not resolved';
  if (exit === REFUSED) return 'refused';
  return exit === TIMED_OUT ? 'timed out' : 'reset';
}

const succeeded = (answer: RequestResult['answer']): boolean =>
  typeof answer === 'number' && answer >= 200 && answer < 400;

/** A request that a client has sent. */
interface Sample {
  readonly at: Millis;
  readonly answer: RequestResult['answer'];
}

/** What its log says, by when each was sent; a line is written when the answer is there. */
function samplesOf(log: string): Sample[] {
  const samples = log.split('\n').flatMap((line): Sample[] => {
    const found = /^(\S+) (\d{3}) (\d+(?:\.\d+)?) (\d+)$/.exec(line);
    if (found === null) return [];
    const [, at, code, seconds, exit] = found;
    const sentAt = parseTime(at!) - 1000 * Number(seconds);
    return [{ at: Math.round(sentAt), answer: answerOf(Number(code), Number(exit)) }];
  });
  return samples.sort((a, b) => a.at - b.at);
}

function outagesOf(samples: readonly Sample[]): Outage[] {
  const outages: Outage[] = [];
  let fromMs: Millis | undefined;
  for (const { at, answer } of samples)
    if (!succeeded(answer)) fromMs ??= at;
    else if (fromMs !== undefined) {
      outages.push({ fromMs, toMs: at });
      fromMs = undefined;
    }
  return fromMs === undefined ? outages : [...outages, { fromMs }];
}

interface Client {
  readonly url: string;
  readonly namespace: string;
  readonly perSecond: number;
  readonly pod: string;
  samples: readonly Sample[];
  readAt: Millis;
}

/** What is counted is what was sent: the rate is what it came to. */
function sentOf({ url, namespace, perSecond, samples, readAt }: Client): SentRequests {
  const first = samples[0];
  const last = samples.at(-1);
  const wanted = 1000 / perSecond;
  const pause =
    first === undefined || samples.length < 2 ? wanted : (last!.at - first.at) / (samples.length - 1);
  const periodMs = Math.max(1, pause);
  const failed = samples.filter(({ answer }) => !succeeded(answer));
  const failures: RequestFailure[] = failed.map(({ at, answer }) => ({ at, outcome: String(answer) }));
  return {
    url,
    namespace,
    startedAt: (first?.at ?? readAt) - periodMs,
    perSecond: 1000 / periodMs,
    sent: samples.length,
    failed: failed.length,
    failures,
    outages: outagesOf(samples),
  };
}

/** What drives the cluster. */
interface Place {
  readonly connection: Connection;
  readonly image: string;
  now(): Millis;
  client(): ApiClient;
  /** Lets time pass until it holds, or so much is over. */
  wait(done: () => boolean, limitMs: Millis): boolean;
}

const isRunning = (pod: Pod | undefined): boolean =>
  pod?.status.containerStatuses?.some(({ state }) => state?.running !== undefined) === true;

export class RemoteNetwork implements Network {
  private readonly place: Place;
  private readonly run = randomBytes(3).toString('hex');
  private readonly sending: Client[] = [];
  /** Pods that wait to be asked, by namespace. */
  private readonly asked = new Map<string, string>();
  private isClosed = false;

  constructor(place: Place) {
    this.place = place;
  }

  /**
   * A Pod of ours, once it runs. It keeps to nodes that the scenario may not touch where there are any: they
   * are not drained.
   */
  private begin(namespace: string, suffix: string, command: readonly string[]): string {
    const { connection, image } = this.place;
    const api = this.place.client();
    const name = `seatrial-${suffix}-${this.run}`;
    const { nodes } = connection.scope;
    const elsewhere = { key: 'kubernetes.io/hostname', operator: 'NotIn', values: nodes };
    const preference = { matchExpressions: [elsewhere] };
    api.create<KubeObject & { spec: object }>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels: { 'app.kubernetes.io/managed-by': 'seatrial' } },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65_534,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        ...(nodes.length === 0
          ? {}
          : {
              affinity: {
                nodeAffinity: {
                  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }],
                },
              },
            }),
        containers: [
          {
            name: 'client',
            image,
            command,
            resources: { requests: { cpu: '10m', memory: '32Mi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
    if (this.place.wait(() => isRunning(api.find('Pod', namespace, name)), RUNNING_MS)) return name;
    throw new ApiError('Timeout', `pod "${name}" (${image}), which sends requests, does not come to run`);
  }

  /** Where a name leads that the cluster's DNS does not know: a node, a Pod, the host of an Ingress. */
  private addressOf(host: string, namespace: string): string | undefined {
    const api = this.place.client();
    if (/^[\d.]+$/.test(host)) return undefined;
    const ingress = api
      .list('Ingress', { namespace })
      .find(({ spec }) => spec?.rules?.some((rule) => rule.host === host) === true);
    if (ingress !== undefined) {
      const [entry] = ingress.status?.loadBalancer?.ingress ?? [];
      return entry?.ip || entry?.hostname;
    }
    if (host.includes('.') || api.find('Service', namespace, host) !== undefined) return undefined;
    const pod = api.find('Pod', namespace, host);
    if (pod !== undefined) return pod.status.podIP;
    const node = api.find('Node', '', host);
    return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  }

  /** Options of curl that lead a request there; clouds give some load balancers a name for an address. */
  private led(url: string, namespace: string): string[] {
    const [, scheme, host = '', port] = /^(https?):\/\/([^/:?#]+)(?::(\d+))?/.exec(url)!;
    const address = this.addressOf(host, namespace);
    const standard = scheme === 'https' ? '443' : '80';
    if (address === undefined) return [];
    const at = `${host}:${port ?? standard}`;
    return /^[\d.]+$|:/.test(address)
      ? ['--resolve', `${at}:${address.includes(':') ? `[${address}]` : address}`]
      : ['--connect-to', `${at}:${address}:${port ?? standard}`];
  }

  /** @throws ApiError */
  private executed(
    from: { readonly namespace: string; readonly name: string } | undefined,
    namespace: string,
    command: readonly string[],
  ): Executed {
    const { connection } = this.place;
    if (from !== undefined) {
      const pod = this.place.client().get('Pod', from.namespace, from.name);
      return execIn(connection, from.namespace, from.name, pod.spec.containers[0]!.name, command);
    }
    let name = this.asked.get(namespace);
    if (name === undefined) {
      name = this.begin(namespace, 'requests', ['sleep', '1000000']);
      this.asked.set(namespace, name);
    }
    return execIn(connection, namespace, name, 'client', command);
  }

  request(
    url: string,
    from: { readonly namespace: string; readonly name: string } | undefined,
    namespace: string,
    headers?: Readonly<Record<string, string>>,
  ): RequestResult {
    const led = this.led(url, namespace);
    const { stdout, stderr, code } = this.executed(from, namespace, curl(url, PATIENCE_MS, led, headers));
    const found = /^(\d{3}) (\d+(?:\.\d+)?)/.exec(stdout);
    if (found === null) {
      const where = from === undefined ? this.place.image : `pod "${from.name}"`;
      throw new ApiError('BadRequest', `${where} cannot send requests, for want of curl: ${stderr.trim()}`);
    }
    return {
      answer: answerOf(Number(found[1]), code),
      tookMs: 1000 * Number(found[2]),
      changesAt: this.place.now() + AGAIN_MS,
    };
  }

  /** @throws ApiError for what no curl of each request's own can be */
  addClient(url: string, perSecond: number, namespace: string, manner: ClientManner = {}): void {
    const { keepAlive = false, retries = 0, timeoutMs = PATIENCE_MS } = manner;
    if (keepAlive || retries > 0)
      throw new ApiError('BadRequest', 'on a real cluster clients neither keep connections nor try again');
    if (perSecond > MOST_PER_SECOND)
      throw new ApiError(
        'BadRequest',
        `a client on a real cluster sends at most ${MOST_PER_SECOND} a second`,
      );
    const sent = curl(url, timeoutMs, this.led(url, namespace)).map(quoted).join(' ');
    const script = `while true; do (r=$(${sent}); echo "$r $?") & sleep ${1 / perSecond}; done`;
    const pod = this.begin(namespace, `client-${this.sending.length + 1}`, ['sh', '-c', script]);
    this.sending.push({ url, namespace, perSecond, pod, samples: [], readAt: Number.NEGATIVE_INFINITY });
  }

  /** No log is read any more: what was sent is known, and its Pods go. */
  close(): void {
    this.isClosed = true;
  }

  clients(): readonly SentRequests[] {
    const now = this.place.now();
    for (const client of this.sending) {
      // The logs of a moment are read once.
      if (this.isClosed || client.readAt === now) continue;
      const { namespace, pod } = client;
      client.samples = samplesOf(
        logOf(this.place.connection, namespace, pod, 'client', { previous: false, timestamps: true }),
      );
      client.readAt = now;
    }
    return this.sending.map(sentOf);
  }
}
