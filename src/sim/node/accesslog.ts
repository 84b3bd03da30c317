/**
 * What servers remember of the requests they answer: until when they are busy, and what they write of it.
 * Formats: nginx's `main`, as the image's nginx.conf has it, and its error log; httpd's `common`; netexec's.
 * Requests of the kubelet's probes are left out: most of them are never played, since they would be answered
 * as the one before.
 */
import { EPOCH } from '../api/time.ts';
import type { Millis } from '../kernel/types.ts';
import type { HttpReply } from './answer.ts';
import { programOf } from './images.ts';
import { appendLines } from './logfiles.ts';
import type { AccessLog, Machine, RuntimeContainer, World } from './world.ts';

export interface ServedRequest {
  /** Address of the client, as the server sees it. */
  readonly from: string;
  readonly host: string;
  /** GET unless it is said. */
  readonly method?: string;
  /** With its query. */
  readonly path: string;
  /** What the client says it is: `curl/8.14.1`. */
  readonly agent: string;
  readonly reply: HttpReply & { readonly kind: 'answered' };
}

/** Bytes of the page that each server makes up where an error has none of its own: `404 Not Found`. */
const ERROR_PAGE_BYTES: Readonly<Record<AccessLog, number>> = { nginx: 153, httpd: 196, netexec: 0 };

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (n: number): string => String(n).padStart(2, '0');

const clockOf = (date: Date): string =>
  [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');

/** `05/Jan/2026:09:00:12 +0000` */
const accessTime = (date: Date): string =>
  `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clockOf(date)} +0000`;

/** `2026/01/05 09:00:12` */
const errorTime = (date: Date): string =>
  `${date.getUTCFullYear()}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())} ${clockOf(date)}`;

const utf8 = new TextEncoder();

/** As both servers write what may not stand in a log as it is: `\\x1B`. */
const escaped = (text: string): string =>
  text.replaceAll(/[^ !#-[\]-~]/gu, (letter) =>
    [...utf8.encode(letter)].map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

const NGINX_ROOT = '/usr/share/nginx/html';

/** What nginx tells of a file that is not there (ngx_http_static_module.c, ngx_http_autoindex_module.c). */
function nginxError(status: number, fullPath: string): string | undefined {
  const path = fullPath.replace(/\?.*$/s, '');
  if (status === 404) return `open() "${NGINX_ROOT}${path}" failed (2: No such file or directory)`;
  if (status === 403) return `directory index of "${NGINX_ROOT}${path}" is forbidden`;
  return undefined;
}

const NGINX_TRIES = 5;
const NGINX_WAIT_MS = 500;

/**
 * What a server says whose port another has, and for how long it tries to get it (ngx_open_listening_sockets;
 * httpd's make_sock; Go's net.Listen of any other).
 */
export function refusedPort(
  form: AccessLog | undefined,
  port: number,
  at: Millis,
): { readonly lines: readonly string[]; readonly afterMs: Millis } {
  if (form === 'nginx') {
    const twice = (why: string, tries: number): string[] => [
      `${errorTime(new Date(EPOCH + at + tries * NGINX_WAIT_MS))} [emerg] 1#1: ${why}`,
      `nginx: [emerg] ${why}`,
    ];
    const failed = `bind() to 0.0.0.0:${port} failed (98: Address already in use)`;
    const tries = Array.from({ length: NGINX_TRIES }, (_, i) => twice(failed, i)).flat();
    return {
      lines: [...tries, ...twice('still could not bind()', NGINX_TRIES)],
      afterMs: NGINX_TRIES * NGINX_WAIT_MS,
    };
  }
  const lines =
    form === 'httpd'
      ? [
          `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${port}`,
          'no listening sockets available, shutting down',
          'AH00015: Unable to open logs',
        ]
      : [`listen tcp :${port}: bind: address already in use`];
  return { lines, afterMs: 0 };
}

interface RequestLines {
  readonly access: string;
  readonly error?: string;
}

/** What netexec says that it was asked: of a query, what it knows. */
function netexecPath(full: string): string {
  const cut = full.indexOf('?');
  const path = cut < 0 ? full : full.slice(0, cut);
  const query = new URLSearchParams(cut < 0 ? '' : full.slice(cut + 1));
  const known: Readonly<Record<string, readonly string[]>> = {
    '/echo': ['msg', 'code'],
    '/dial': ['host', 'protocol', 'port', 'request', 'tries'],
  };
  const names = known[path] ?? [];
  return path + (names.length === 0 ? '' : `?${names.map((n) => `${n}=${query.get(n) ?? ''}`).join('&')}`);
}

/** What is written of one request. @param number how many requests there were, this one included */
function linesOf(form: AccessLog, request: ServedRequest, number: number, at: Millis): RequestLines {
  const { from, agent, reply, method = 'GET' } = request;
  const { status, body } = reply;
  const host = escaped(request.host);
  const path = escaped(request.path.replace(/#.*$/s, ''));
  const date = new Date(EPOCH + at);
  if (form === 'netexec') return { access: `${errorTime(date)} ${method} ${netexecPath(request.path)}` };
  const asked = `"${method} ${path} HTTP/1.1"`;
  const whole = status >= 400 && body === '' ? ERROR_PAGE_BYTES[form] : utf8.encode(body).length;
  const bytes = method !== 'HEAD' ? whole : form === 'httpd' ? '-' : 0;
  const common = `${from} - - [${accessTime(date)}] ${asked} ${status} ${bytes}`;
  if (form === 'httpd') return { access: common };
  const access = `${common} "-" "${agent}" "-"`;
  const why = nginxError(status, path);
  if (why === undefined) return { access };
  const error =
    `${errorTime(date)} [error] 29#29: *${number} ${why}, client: ${from}, server: localhost, request: ` +
    `${asked}, host: "${host}"`;
  return { error, access };
}

/** The end of an nginx that cannot write its logs (ngx_log_init, ngx_open_file). */
export const refusedLogs = (why: string, at: Millis): readonly string[] => [
  `nginx: [alert] could not open error log file: ${why}`,
  `${errorTime(new Date(EPOCH + at))} [emerg] 1#1: ${why}`,
];

/** A container has answered a request. */
export function remember(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  request: ServedRequest,
  now: Millis,
): void {
  container.answered += 1;
  container.answersUntil = Math.max(container.answersUntil, now + request.reply.afterMs);
  const { accessLog, logFiles } = programOf(world, container);
  if (accessLog === undefined) return;
  const { access, error } = linesOf(accessLog, request, container.answered, now);
  const errors = error === undefined ? [] : [error];
  if (logFiles === undefined) return writeLog(container, [...errors, access], now);
  appendLines(world, machine, container, logFiles.error, errors);
  appendLines(world, machine, container, logFiles.access, [access]);
}

/** Lines that a container keeps at most, and what is left of them once there are more. */
const MOST_LINES = 2000;
const KEPT_LINES = 1000;

/** Appends lines to a container's log. */
export function writeLog({ logs }: RuntimeContainer, lines: readonly string[], at: Millis): void {
  for (const line of lines) logs.push({ at, line });
  if (logs.length > MOST_LINES) logs.splice(0, logs.length - KEPT_LINES);
}
