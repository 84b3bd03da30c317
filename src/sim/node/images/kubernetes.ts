/**
 * Images of Kubernetes' own: what its documentation, its add-ons and its tests run. Sources:
 * test/images/agnhost, test/images/{nautilus,kitten}, build/pause, github.com/stefanprodan/podinfo,
 * coredns.io/plugins, github.com/kubernetes-sigs/metrics-server, github.com/kubernetes/kube-state-metrics.
 */
import type { HttpAnswer, ImageBehaviour } from '../world.ts';
import { agnhostWebhooks } from './agnhostwebhooks.ts';
import { corefileOf } from './corefile.ts';
import { type Catalogue, flagOf, portOf, type ProgramStart, refusal } from './entry.ts';

const IDLE: ImageBehaviour = { startupMs: 0, listens: [] };

/** As agnhost does where it is told nothing. */
const PAUSED: ImageBehaviour = { ...IDLE, logs: ['Paused'] };

const OK: HttpAnswer = { status: 200, body: 'ok' };
const ACTS_ON: HttpAnswer = { status: 200, acts: true };
const HOSTNAME: HttpAnswer = { status: 200, says: 'hostname' };
const SERVES: ImageBehaviour = { startupMs: 100 };

const serves = (port: number, http: Readonly<Record<string, HttpAnswer>>): ImageBehaviour => ({
  ...SERVES,
  listens: [port],
  http,
});

const says = (logs: readonly string[], code = 0): ImageBehaviour => ({
  listens: [],
  logs,
  exits: { afterMs: 10, code },
});

/** `liveness`: well for ten seconds, then not. */
const LIVENESS = {
  '/healthz': OK,
  '/started': { status: 200, says: 'path' },
  '/*': { status: 404 },
} satisfies Record<string, HttpAnswer>;

const AGNHOST: Readonly<Record<string, (start: ProgramStart) => ImageBehaviour>> = {
  pause: () => PAUSED,
  netexec: ({ argv }) => ({
    ...serves(portOf(flagOf(argv, '--http-port')) ?? 8080, {
      '/': { status: 200, body: 'NOW: ', says: 'time' },
      '/hostname': HOSTNAME,
      '/hostName': HOSTNAME,
      '/healthz': { status: 200 },
      '/clientip': { status: 200, says: 'client' },
      '/echo': { status: 200, says: 'message' },
      '/dial': { status: 200, acts: true },
      '/*': { status: 404 },
    }),
    accessLog: 'netexec',
    datagrams: portOf(flagOf(argv, '--udp-port')) ?? 8081,
    acts: { kind: 'netexec' },
  }),
  'serve-hostname': ({ argv }) => serves(portOf(flagOf(argv, '--port')) ?? 9376, { '/*': HOSTNAME }),
  'test-webserver': ({ argv }) => ({
    ...SERVES,
    listens: [portOf(flagOf(argv, '--port')) ?? 80],
    root: '',
    lists: true,
  }),
  liveness: () => ({
    ...serves(8080, LIVENESS),
    turns: { afterMs: 10_000, http: { ...LIVENESS, '/healthz': { status: 500, body: 'error: 10.0' } } },
  }),
  porter: ({ environment }) => {
    const bodies = Object.fromEntries(
      Object.entries(environment).flatMap(([name, body]) => {
        const port = /^SERVE_(?:TLS_)?PORT_([0-9]+)$/.exec(name)?.[1];
        return port === undefined ? [] : [[Number(port), body] as const];
      }),
    );
    return { ...SERVES, listens: Object.keys(bodies).map(Number), bodies };
  },
  nettest: ({ argv }) => ({
    ...serves(portOf(flagOf(argv, '--port')) ?? 8080, {
      '/read': ACTS_ON,
      '/write': ACTS_ON,
      '/status': { status: 200, body: 'pass' },
      '/*': { status: 404 },
    }),
    acts: { kind: 'nettest' },
  }),
  guestbook: ({ argv }) => {
    const httpPort = portOf(flagOf(argv, '--http-port')) ?? 80;
    const replicaOf = flagOf(argv, '--replicaof');
    return {
      ...serves(httpPort, {
        '/get': ACTS_ON,
        '/set': ACTS_ON,
        '/register': ACTS_ON,
        '/guestbook': ACTS_ON,
        '/*': { status: 404 },
      }),
      acts: {
        kind: 'guestbook',
        httpPort,
        backendPort: portOf(flagOf(argv, '--backend-port')) ?? 6379,
        ...(replicaOf ? { replicaOf } : {}),
      },
    };
  },
  webhook: ({ argv }) => ({
    ...serves(portOf(flagOf(argv, '--port')) ?? 443, { '/readyz': OK, '/*': { status: 200 } }),
    webhooks: agnhostWebhooks(),
  }),
  'crd-conversion-webhook': ({ argv }) => ({
    ...serves(portOf(flagOf(argv, '--port')) ?? 443, { '/readyz': OK, '/*': { status: 200 } }),
    converts: true,
  }),
  // It is well unless it is told otherwise by HTTP, which is not played.
  'grpc-health-checking': ({ argv }) => ({
    ...SERVES,
    listens: [portOf(flagOf(argv, '--port')) ?? 5000, portOf(flagOf(argv, '--http-port')) ?? 8080],
  }),
  help: () => says(['Usage:', '  app [command]']),
};

/** Subcommands that the shell plays (`shell/programs/agnhost.ts`): they act and end. */
const ACTS = [
  'mounttest',
  'connect',
  'logs-generator',
  'dns-suffix',
  'dns-server-list',
  'etc-hosts',
  'test-service-account-issuer-discovery',
];

function agnhostStarted(start: ProgramStart): ImageBehaviour | undefined {
  const argv = /(^|\/)agnhost(-2)?$/.test(start.argv[0] ?? '') ? start.argv.slice(1) : start.argv;
  const [subcommand] = argv;
  if (subcommand === undefined) return PAUSED;
  if (ACTS.includes(subcommand)) return { ...IDLE, shell: true };
  if (subcommand === 'entrypoint-tester') return says([`[${start.argv.join(' ')}]`]);
  const play = Object.hasOwn(AGNHOST, subcommand) ? AGNHOST[subcommand] : undefined;
  return play === undefined
    ? refusal([`Error: unknown command "${subcommand}" for "app"`, "Run 'app --help' for usage."], 1, 10)
    : play({ ...start, argv });
}

function podinfoStarted({ argv }: ProgramStart): ImageBehaviour | undefined {
  const port = portOf(flagOf(argv, '--port'));
  const others = [flagOf(argv, '--port-metrics'), flagOf(argv, '--grpc-port')].map(portOf);
  if (port === undefined && others.every((p) => p === undefined)) return undefined;
  return { listens: [port ?? 9898, ...others.filter((p) => p !== undefined)] };
}

/** A component that listens on the ports that its manifest declares. */
const declared: ImageBehaviour = { startupMs: 1000, stopCode: 0 };

const COREDNS: ImageBehaviour = {
  startupMs: 500,
  answersNames: true,
  lameDuckMs: 5_000,
  listens: [53, 8080, 8181, 9153],
  http: {
    '/health': { status: 200, body: 'OK' },
    '/ready': { status: 200, body: 'OK' },
    '/metrics': { status: 200 },
    '/*': { status: 404 },
  },
};

/** It listens where its Corefile says, and ends where it cannot read that. */
function coreDnsStarted({ argv, read }: ProgramStart): ImageBehaviour | undefined {
  const file = flagOf(argv, '-conf', '--conf') ?? 'Corefile';
  const text = read(file);
  if (text === undefined) return undefined;
  const corefile = corefileOf(text, file);
  if ('problem' in corefile) return refusal([corefile.problem]);
  const { blocks } = corefile;
  const shown = blocks.flatMap(({ zones, port }) => zones.map((zone) => `${zone || '.'}:${port}`));
  return {
    listens: [...new Set(blocks.flatMap(({ port, otherPorts }) => [port, ...otherPorts]))],
    logs: [...shown, 'CoreDNS-1.13.1', 'linux/amd64, go1.25.2, 1db4568'],
  };
}

export const KUBERNETES: Catalogue = {
  pause: { user: '65535', image: IDLE, commands: ['pause'], bare: true },
  agnhost: {
    user: '0',
    image: IDLE,
    commands: ['agnhost', 'agnhost-2'],
    programs: ['agnhost', 'agnhost-2'],
    entrypoint: ['/agnhost'],
    subcommands: true,
    started: agnhostStarted,
  },
  // Names under which no registry has anything: upstream's tests ask for them to see it fail.
  webserver: { image: { pullMs: 'missing' } },
  foo: { image: { pullMs: 'missing' } },
  nonewprivs: {
    user: '0',
    image: { startupMs: 0, listens: [], shell: true },
    programs: ['nnp'],
    cmd: ['nnp'],
  },
  'gb-frontend': { image: serves(80, { '/*': { status: 200 } }), commands: ['apache2-foreground'] },
  'gb-redis-follower': { image: { startupMs: 500, listens: [6379], speaksHttp: false } },
  'gb-redisslave': { image: { startupMs: 500, listens: [6379], speaksHttp: false } },
  nautilus: {
    image: serves(80, {
      '/data.json': { status: 200, body: '{"image": "nautilus.jpg"}' },
      '/*': { status: 200 },
    }),
  },
  kitten: {
    image: serves(80, {
      '/data.json': { status: 200, body: '{"image": "kitten.jpg"}' },
      '/*': { status: 200 },
    }),
  },
  'kubernetes-bootcamp': {
    image: serves(8080, {
      '/*': { status: 200, body: 'Hello Kubernetes bootcamp! | Running on: ', says: 'hostname' },
    }),
    commands: ['node'],
  },
  podinfo: {
    user: 'app',
    image: {
      ...serves(9898, {
        '/': { status: 200, body: '{"message":"greetings from podinfo"}' },
        '/healthz': { status: 200, body: '{"status":"OK"}' },
        '/readyz': { status: 200, body: '{"status":"OK"}' },
        '/metrics': { status: 200 },
        '/env': { status: 200 },
        '/status/500': { status: 500 },
        '/status/503': { status: 503 },
        '/delay/1': { status: 200, afterMs: 1000 },
        '/delay/2': { status: 200, afterMs: 2000 },
        '/*': { status: 200 },
      }),
      memory: '16Mi',
    },
    commands: ['podinfo'],
    started: podinfoStarted,
  },
  coredns: { image: COREDNS, commands: ['coredns'], bare: true, started: coreDnsStarted },
  'metrics-server': { image: declared, commands: ['metrics-server'], bare: true },
  'kube-state-metrics': {
    image: { startupMs: 500, listens: [8080, 8081] },
    commands: ['kube-state-metrics'],
    bare: true,
  },
};
