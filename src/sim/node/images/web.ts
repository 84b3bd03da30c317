/**
 * Web servers, and images that only greet. Sources: the images' pages on Docker Hub and their Dockerfiles,
 * nginx.org/en/docs, httpd.apache.org/docs/2.4, github.com/hashicorp/http-echo, github.com/traefik/whoami.
 */
import type { ImageBehaviour } from '../world.ts';
import {
  cannotWrite,
  type Catalogue,
  type CatalogueEntry,
  flagOf,
  portOf,
  type ProgramStart,
  refusal,
} from './entry.ts';
import { nginxStarted } from './nginxconf.ts';
import { type NginxFiles, nginxRefused } from './nginxfiles.ts';

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;
const NGINX_ERROR_PAGE = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body><h1>An error occurred.</h1></body>
</html>
`;

const NGINX: ImageBehaviour = {
  startupMs: 200,
  listens: [80],
  files: {
    '/usr/share/nginx/html/index.html': NGINX_PAGE,
    '/usr/share/nginx/html/50x.html': NGINX_ERROR_PAGE,
    '/etc/nginx/nginx.conf':
      'user nginx;\nworker_processes auto;\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n',
    '/etc/nginx/conf.d/default.conf':
      'server {\n    listen 80;\n    server_name localhost;\n    location / {\n' +
      '        root /usr/share/nginx/html;\n        index index.html index.htm;\n    }\n}\n',
  },
  root: '/usr/share/nginx/html',
  memory: '10Mi',
  stopSignal: 'QUIT',
  accessLog: 'nginx',
  logs: ['/docker-entrypoint.sh: Configuration complete; ready for start up'],
};

const nginx = (listens: readonly number[], user: string, files: NginxFiles): CatalogueEntry => ({
  user,
  image: { ...NGINX, listens },
  commands: ['nginx', 'nginx-debug', 'docker-entrypoint.sh'],
  started: (start) => {
    const refused = nginxRefused(start, files);
    if (refused !== undefined) return refused;
    const configured = nginxStarted(start, listens);
    return start.mounted(NGINX_LOGS) ? { ...configured, logFiles: NGINX_LOG_FILES } : configured;
  },
});

const NGINX_FILES: NginxFiles = { cache: '/var/cache/nginx', pid: '/run/nginx.pid' };

/** The image links both to the container's output; a volume mounted here hides the links. */
const NGINX_LOGS = '/var/log/nginx';
const NGINX_LOG_FILES = { access: `${NGINX_LOGS}/access.log`, error: `${NGINX_LOGS}/error.log` };

const HTTPD: ImageBehaviour = {
  startupMs: 300,
  listens: [80],
  files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
  root: '/usr/local/apache2/htdocs',
  stopSignal: 'WINCH',
  accessLog: 'httpd',
};

/** Modules and settings aside, what httpd's configuration says of ports: `Listen 8080`. */
function httpdStarted(start: ProgramStart): ImageBehaviour | undefined {
  const { read, mounted } = start;
  const problem = cannotWrite(start, '/usr/local/apache2/logs');
  if (problem !== undefined) {
    const [errno, why] = problem.split(': ');
    return refusal([
      `(${errno})${why}: AH00099: could not create /usr/local/apache2/logs/httpd.pid`,
      'AH00100: httpd: could not log pid to file /usr/local/apache2/logs/httpd.pid',
    ]);
  }
  if (!mounted('/usr/local/apache2/conf')) return undefined;
  const said = read('/usr/local/apache2/conf/httpd.conf');
  const ports = [...(said ?? '').matchAll(/^\s*Listen\s+(?:\S*:)?([0-9]+)/gim)].map((m) => Number(m[1]));
  return ports.length === 0 ? undefined : { listens: ports };
}

/** A server with one port, which answers every path with 200 and a text. */
const greets = (port: number, body = ''): ImageBehaviour => ({
  startupMs: 200,
  listens: [port],
  http: { '/*': { status: 200, body } },
});

const WHOAMI: ImageBehaviour = {
  startupMs: 100,
  listens: [80],
  http: { '/*': { status: 200, body: 'Hostname: ', says: 'hostname' }, '/health': { status: 200 } },
};

/** A server whose port a flag or a variable may change. */
const portFrom =
  (flags: readonly string[], variable = 'PORT') =>
  ({ argv, environment }: ProgramStart): ImageBehaviour | undefined => {
    const port = portOf(flagOf(argv, ...flags)) ?? portOf(environment[variable]);
    return port === undefined ? undefined : { listens: [port] };
  };

/** hashicorp/http-echo says what it is told to, and nothing else: without a text it ends. */
function httpEchoStarted({ argv, environment }: ProgramStart): ImageBehaviour {
  const text = flagOf(argv, '-text', '--text') ?? environment['ECHO_TEXT'];
  if (text === undefined) return refusal(['Missing -text option!'], 127, 10);
  const port = portOf(flagOf(argv, '-listen', '--listen')) ?? 5678;
  const status = Number(flagOf(argv, '-status-code', '--status-code') ?? 200);
  return {
    listens: [port],
    http: { '/*': { status, body: `${text}\n` }, '/health': { status: 200, body: '{"status":"ok"}\n' } },
    logs: [`[INFO] server is listening on :${port}`],
  };
}

/** Without the configuration that its users mount, haproxy has none. */
function haproxyStarted({ argv, read, ports }: ProgramStart): ImageBehaviour {
  const file = flagOf(argv, '-f') ?? '/usr/local/etc/haproxy/haproxy.cfg';
  const said = read(file) ?? read(`${file}/haproxy.cfg`);
  if (said === undefined)
    return refusal([
      `[ALERT]    (1) : Cannot open configuration file/directory ${file} : No such file or directory`,
    ]);
  const bound = [...said.matchAll(/^\s*bind\s+\S*?:([0-9]+)/gm)].map((m) => Number(m[1]));
  return { listens: [...new Set([...bound, ...(bound.length === 0 ? ports : [])])] };
}

export const WEB: Catalogue = {
  nginx: nginx([80], '0', NGINX_FILES),
  'nginx-slim': nginx([80], '0', NGINX_FILES),
  'nginx-unprivileged': nginx([8080], '101', { cache: '/tmp', pid: '/tmp/nginx.pid', open: true }),
  'bitnami/nginx': {
    user: '1001',
    image: { ...NGINX, listens: [8080, 8443], root: '/app', files: { '/app/index.html': NGINX_PAGE } },
  },
  httpd: {
    user: '0',
    image: HTTPD,
    commands: ['httpd', 'httpd-foreground', 'apachectl'],
    started: httpdStarted,
  },
  'bitnami/apache': { image: { ...HTTPD, listens: [8080, 8443] } },
  caddy: {
    user: '0',
    image: {
      startupMs: 200,
      listens: [80],
      root: '/usr/share/caddy',
      files: { '/usr/share/caddy/index.html': '<h1>Congratulations! Your web server is working.</h1>\n' },
    },
    commands: ['caddy'],
  },
  haproxy: {
    user: 'haproxy',
    image: { startupMs: 200, stopSignal: 'USR1' },
    commands: ['haproxy'],
    started: haproxyStarted,
  },
  'http-echo': { image: greets(5678), commands: ['http-echo'], bare: true, started: httpEchoStarted },
  whoami: {
    image: WHOAMI,
    commands: ['whoami'],
    bare: true,
    started: portFrom(['--port', '-port'], 'WHOAMI_PORT_NUMBER'),
  },
  // The server of the walkthrough of autoscaling: every answer sums a million square roots.
  'hello-app': {
    image: {
      startupMs: 100,
      listens: [8080],
      http: { '/*': { status: 200, body: 'Hello, world!\nVersion: 1.0.0\nHostname: ', says: 'hostname' } },
      logs: ['Server listening on port 8080'],
      stopCode: 2,
    },
    commands: ['hello-app'],
    started: portFrom([]),
  },
  'node-hello': { image: greets(8080, 'Hello Kubernetes!'), started: portFrom([]) },
  'hello-node': { image: greets(8080, 'Hello World!'), commands: [] },
  'hello-kubernetes': { image: greets(8080, 'Hello world!'), commands: [], started: portFrom([]) },
  'echo-server': {
    image: { startupMs: 200, listens: [80], http: { '/*': { status: 200 } } },
    started: portFrom([]),
  },
  'jmalloc/echo-server': {
    image: {
      startupMs: 100,
      listens: [8080],
      http: { '/*': { status: 200, body: 'Request served by ', says: 'hostname' } },
    },
    started: portFrom([]),
  },
  echoserver: {
    image: {
      startupMs: 200,
      listens: [8080, 8443],
      http: { '/*': { status: 200, body: 'Hostname: ', says: 'hostname' } },
    },
    commands: [],
  },
  httpbin: {
    image: {
      startupMs: 1000,
      listens: [80],
      http: {
        '/*': { status: 200 },
        '/status/400': { status: 400 },
        '/status/404': { status: 404 },
        '/status/418': { status: 418 },
        '/status/500': { status: 500 },
        '/status/503': { status: 503 },
        '/delay/1': { status: 200, afterMs: 1000 },
        '/delay/2': { status: 200, afterMs: 2000 },
        '/delay/5': { status: 200, afterMs: 5000 },
        '/delay/10': { status: 200, afterMs: 10_000 },
      },
    },
    commands: ['gunicorn'],
    started: ({ argv }) => {
      const port = portOf(flagOf(argv, '-b', '--bind'));
      return port === undefined ? undefined : { listens: [port] };
    },
  },
};
