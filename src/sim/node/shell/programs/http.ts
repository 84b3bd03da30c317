/** wget and curl, in the words of BusyBox', GNU's and curl's own. */
import type { Call, Outcome, Program } from '../call.ts';
import type { FetchResult } from '../env.ts';
import { rfc3339 } from '../../../api/time.ts';
import { PROBLEM_WORDS } from '../../files/filesystem.ts';
import { absolute, baseName } from '../paths.ts';
import { isDevice } from '../proc.ts';
import { type Options, optionsOf } from './options.ts';

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const LONGEST_WAIT_MS = 130_000;
const WGET_TIMEOUT_MS = 900_000;

interface Url {
  readonly full: string;
  readonly name: string;
  readonly port: string;
  readonly host: string;
  readonly path: string;
}

/** Undefined: it is none that can be asked. */
function urlOf(given: string): Url | undefined {
  const full = /^\w+:\/\//.test(given) ? given : `http://${given}`;
  const found = /^(https?):\/\/(?:[^/@]*@)?([^/:?#]+)(?::(\d+))?([/?#].*)?$/.exec(full);
  if (found === null || Number(found[3] ?? 80) > 65_535 || Number(found[3] ?? 80) < 1) return undefined;
  const port = found[3] ?? (found[1] === 'https' ? '443' : '80');
  return {
    full: full.replace(/\/\/[^/@]*@/, '//'),
    name: found[2]!,
    port,
    host: found[3] === undefined ? found[2]! : `${found[2]}:${found[3]}`,
    path: found[4] ?? '/',
  };
}

/** Where an answer has come after its time, what is kept until then. */
interface Pending {
  readonly result: FetchResult;
}

/** Asks, and lets the time go by that it takes. */
function asked(
  call: Call,
  options: Options,
  url: Url,
  timeoutMs: number,
  agent: string,
): FetchResult | Outcome {
  const pending = call.state as Pending | undefined;
  if (pending?.result !== undefined) return pending.result;
  const result = call.env.network.fetch({
    url: url.full,
    timeoutMs,
    agent,
    trusts: call.env.busybox || options.has('no-check-certificate'),
    ...posted(options),
    ...headersOf(options),
  });
  return result.afterMs > 0 ? { waitMs: result.afterMs, state: { result } satisfies Pending } : result;
}

/** What --post-data, --body-data and --method say. */
function posted(options: Options): { method?: string; body?: string } {
  const body = options.value('post-data', 'body-data');
  const method = options.value('method') ?? (options.has('post-data') ? 'POST' : undefined);
  return { ...(method === undefined ? {} : { method }), ...(body === undefined ? {} : { body }) };
}

const isOutcome = (value: FetchResult | Outcome): value is Outcome =>
  typeof value === 'number' || !('kind' in value);
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Writes a body where it is to go. @returns why not */
function save(call: Call, path: string, body: string): string | undefined {
  if (path === '-' || path === '/dev/stdout') {
    call.out(body);
    return undefined;
  }
  const at = absolute(call.cwd, path);
  if (isDevice(at)) return undefined;
  const problem = call.env.files.write(at, body);
  return problem === undefined ? undefined : PROBLEM_WORDS[problem];
}

const wget: Program = (call) => {
  const options = optionsOf(call.argv, 'OTtoPUYe', [
    'timeout',
    'tries',
    'header',
    'post-data',
    'output-document',
    'user-agent',
    'waitretry',
    'connect-timeout',
    'dns-timeout',
    'read-timeout',
    'directory-prefix',
    'post-file',
    'method',
    'body-data',
    'user',
    'password',
  ]);
  const [given] = options.operands;
  const { busybox } = call.env;
  if (given === undefined) {
    call.err(
      busybox
        ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o ' +
            'LOGFILE] [-T SEC] URL...\n'
        : 'wget: missing URL\nUsage: wget [OPTION]... [URL]...\n',
    );
    return 1;
  }
  const url = urlOf(given);
  if (url === undefined) {
    call.err(busybox ? `wget: not an http or ftp url: ${given}\n` : `${given}: Unsupported scheme.\n`);
    return 1;
  }
  const seconds = options.value('T', 'timeout', 'connect-timeout');
  const timeoutMs = seconds === undefined ? WGET_TIMEOUT_MS : Number(seconds) * 1000 || WGET_TIMEOUT_MS;
  const isQuiet = options.has('q', 'quiet') || /\s-\w*q/.test(` ${call.argv.join(' ')}`);
  const result = asked(call, options, url, timeoutMs, 'Wget');
  if (isOutcome(result)) return result;
  if (result.kind === 'untrusted') {
    if (busybox || !isQuiet)
      call.err(
        `ERROR: cannot verify ${url.name}'s certificate, issued by '${result.issuer}':\n` +
          `  Unable to locally verify the issuer's authority.\nTo connect to ${url.name} insecurely, use ` +
          "`--no-check-certificate'.\n",
      );
    return 5;
  }
  const request: WgetRequest = { options, url, isQuiet };
  return (busybox ? busyboxWget : gnuWget)(call, request, result);
};

interface WgetRequest {
  readonly options: Options;
  readonly url: Url;
  readonly isQuiet: boolean;
}

const reasonOf = (status: number): string => `${status} ${REASONS[status] ?? ''}`.trimEnd();
/** Where what comes is to go: -O, or a file in -P that is named as the last part of the path. */
function outputOf({ options, url }: WgetRequest): string {
  const { path } = url;
  const name = path === '/' || path.endsWith('/') ? 'index.html' : baseName(path.replace(/[?#].*/, ''));
  const output = options.value('O', 'output-document') ?? name;
  const directory = options.value('P', 'directory-prefix');
  return directory === undefined ? output : `${directory}/${output}`;
}

const showsServer = ({ argv }: Call): boolean => /(?:^|\s)-\w*S|--server-response/.test(argv.join(' '));
const responseText = (status: number, body: string): string =>
  `  HTTP/1.1 ${reasonOf(status)}\n  Content-Length: ${bytesOf(body)}\n  Connection: close\n`;

function busyboxWget(call: Call, request: WgetRequest, result: FetchResult): number {
  const { options, url, isQuiet } = request;
  const say = (text: string): void => {
    if (!isQuiet) call.err(text);
  };
  const fail = (text: string): number => {
    call.err(`wget: ${text}\n`);
    return 1;
  };
  if (result.kind === 'notResolved') return fail(`bad address '${url.host}'`);
  const address = addressOf(call, url.name);
  say(`Connecting to ${url.host} (${address}:${url.port})\n`);
  if (result.kind === 'refused' && result.closed !== undefined)
    return fail(
      result.closed === 'silently'
        ? 'error getting response: Connection reset by peer'
        : 'error getting response: Invalid argument',
    );
  if (result.kind === 'refused') return fail(`can't connect to remote host (${address}): Connection refused`);
  if (result.kind !== 'answered') return fail('download timed out');
  const { status, body } = result;
  if (showsServer(call)) call.err(responseText(status, body));
  if (status >= 400) return fail(`server returned error: HTTP/1.1 ${reasonOf(status)}`);
  if (options.has('spider')) {
    say('remote file exists\n');
    return 0;
  }
  const output = outputOf(request);
  const problem = save(call, output, body);
  if (problem !== undefined) return fail(`can't open '${output}': ${problem}`);
  const bar = `${baseName(output).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(bytesOf(body)).padStart(5)}`;
  say(
    output === '-'
      ? `writing to stdout\n${bar}  0:00:00 ETA\nwritten to stdout\n`
      : `saving to '${output}'\n${bar}  0:00:00 ETA\n'${output}' saved\n`,
  );
  return 0;
}

function gnuWget(call: Call, request: WgetRequest, result: FetchResult): number {
  const { options, url, isQuiet } = request;
  const isBrief = options.has('no-verbose') || call.argv.includes('-nv');
  const say = (text: string): void => {
    if (!isQuiet && !isBrief) call.err(text);
  };
  const now = rfc3339(call.env.now).replace('T', ' ').replace('Z', '');
  const full = url.full.replace(/^(\w+:\/\/[^/]+)$/, '$1/');
  const isSpider = options.has('spider');
  if (isSpider) say('Spider mode enabled. Check if remote file exists.\n');
  say(`--${now}--  ${full}\n`);
  const isNamed = !/^[\d.]+$/.test(url.name);
  if (isNamed) say(`Resolving ${url.name} (${url.name})... `);
  if (result.kind === 'notResolved') {
    say('failed: Name or service not known.\n');
    if (!isQuiet) call.err(`wget: unable to resolve host address '${url.name}'\n`);
    return 4;
  }
  const address = addressOf(call, url.name);
  if (isNamed) say(`${address}\n`);
  const peer = isNamed ? `${url.name} (${url.name})|${address}|:${url.port}` : `${address}:${url.port}`;
  say(`Connecting to ${peer}... `);
  if (result.kind === 'refused' && result.closed !== undefined) {
    say('connected.\nHTTP request sent, awaiting response... No data received.\nRetrying.\n\n');
    return 4;
  }
  if (result.kind !== 'answered') {
    say(`failed: Connection ${result.kind === 'refused' ? 'refused' : 'timed out'}.\n`);
    return 4;
  }
  const { status, body } = result;
  say(`connected.\nHTTP request sent, awaiting response... ${reasonOf(status)}\n`);
  if (showsServer(call)) call.err(responseText(status, body));
  if (status >= 400) {
    const missing = isSpider && status === 404;
    if (missing) say('Remote file does not exist -- broken link!!!\n\n');
    else if (!isQuiet)
      call.err(`${isBrief ? `${full}:\n` : ''}${now} ERROR ${status}: ${REASONS[status] ?? ''}.\n`);
    if (!missing) say('\n');
    return 8;
  }
  say(`Length: ${bytesOf(body)}\n`);
  if (isSpider) {
    say('Remote file exists.\n\n');
    return 0;
  }
  const output = outputOf(request);
  const problem = save(call, output, body);
  if (problem !== undefined) {
    call.err(`${output}: ${problem}\n`);
    return 3;
  }
  const shown = output === '-' ? 'STDOUT' : `'${output}'`;
  say(`Saving to: ${shown}\n\n`);
  const size = bytesOf(body);
  const done = output === '-' ? 'written to stdout' : `${shown} saved`;
  say(`${now} (1.00 MB/s) - ${done} [${size}/${size}]\n\n`);
  return 0;
}

const addressOf = (call: Call, name: string): string =>
  /^[\d.]+$/.test(name) ? name : (call.env.network.resolve(name).addresses[0] ?? name);

const CURL_VALUED = 'mowXHdAubcKTyYzFeExrDC';
const CURL_LONG = (
  'max-time connect-timeout output write-out request header data data-raw data-binary data-urlencode ' +
  'user-agent user cookie cookie-jar retry retry-delay retry-max-time resolve cacert cert key form proxy ' +
  'range limit-rate interface url connect-to unix-socket dump-header referer json'
).split(' ');

/** How curl waits before it tries again: a second, then twice as long each time. */
const retryMs = (tries: number): number => Math.min(600_000, 1000 * 2 ** tries);

interface CurlState extends Pending {
  readonly tries: number;
  readonly spentMs: number;
  readonly led?: Led;
}

/** Where redirections have led so far, and what was shown on the way. */
interface Led {
  readonly to: string;
  readonly times: number;
  readonly shown: string;
}

const MOST_REDIRECTIONS = 50;

/** An address of a redirection, as it is meant from where it was given. */
const ledTo = (location: string, { full }: Url): string =>
  /^\w+:\/\//.test(location) ? location : full.replace(/^(\w+:\/\/[^/?#]+).*/, '$1') + location;

/**
 * Whom curl asks in place of a name: --resolve and --connect-to. The name is still what it asks for.
 * @returns undefined: whom the name is of
 */
function askedInstead({ name, port }: Url, options: Options): string | undefined {
  for (const line of options.values('resolve')) {
    const [, host, at, to = ''] = /^\+?([^:]+|\*):(\d+):\[?([^,\]]+)/.exec(line) ?? [];
    if ((host === name || host === '*') && at === port) return `${to}:${port}`;
  }
  for (const line of options.values('connect-to')) {
    const [host, at, to, toPort] = line.split(':');
    const isMeant = (host === '' || host === name) && (at === '' || at === port);
    if (isMeant) return `${to || name}:${toPort || port}`;
  }
  return undefined;
}

/** What -H, -b and -u say, by names in small letters. */
function headersOf(options: Options): { headers?: Readonly<Record<string, string>> } {
  const headers: Record<string, string> = {};
  for (const line of options.values('H', 'header')) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
  const cookie = options.value('b', 'cookie');
  if (cookie?.includes('=') === true) headers['cookie'] = cookie;
  if (options.has('u', 'user')) headers['authorization'] ??= 'Basic';
  return Object.keys(headers).length === 0 ? {} : { headers };
}

/** What -X, -I and -d say. */
function sent(options: Options): { method?: string; body?: string } {
  const body = options.value('d', 'data', 'data-raw', 'data-binary', 'json');
  const method =
    options.value('X', 'request') ??
    (options.has('I', 'head') ? 'HEAD' : body === undefined ? undefined : 'POST');
  return { ...(method === undefined ? {} : { method }), ...(body === undefined ? {} : { body }) };
}

const UNTRUSTED =
  'SSL certificate problem: unable to get local issuer certificate\n' +
  'More details here: https://curl.se/docs/sslcerts.html\n\n' +
  'curl failed to verify the legitimacy of the server and therefore could not\n' +
  'establish a secure connection to it. To learn more about this situation and\n' +
  'how to fix it, please visit the webpage mentioned above.';

const curl: Program = (call) => {
  const options = optionsOf(call.argv, CURL_VALUED, CURL_LONG);
  const before = call.state as CurlState | { readonly again: number; readonly led?: Led } | undefined;
  const given = before?.led?.to ?? options.value('url') ?? options.operands[0];
  const silent = options.has('s', 'silent') && !options.has('S', 'show-error');
  const fail = (code: number, words: string): number => {
    if (!silent) call.err(`curl: (${code}) ${words}\n`);
    return code;
  };
  if (options.has('V', 'version')) {
    call.out('curl 8.14.1 (x86_64-pc-linux-gnu)\n');
    return 0;
  }
  if (given === undefined) {
    call.err('curl: (2) no URL specified\n');
    return 2;
  }
  const url = urlOf(given);
  if (url === undefined)
    return /^\w+:\/\//.test(given) && !/^https?:/.test(given)
      ? fail(1, `Protocol "${given.split(':')[0]}" not supported`)
      : fail(3, 'URL rejected: Malformed input to a URL function');
  const authority = options.value('cacert');
  if (authority !== undefined && call.env.files.read(absolute(call.cwd, authority)) === undefined)
    return fail(77, `error adding trust anchors from file: ${authority}`);
  const limit = options.value('m', 'max-time');
  const connecting = options.value('connect-timeout');
  const timeoutMs = Math.min(
    Number(limit ?? Infinity) * 1000,
    Number(connecting ?? Infinity) * 1000,
    LONGEST_WAIT_MS,
  );
  const { led } = before ?? {};
  const along = led === undefined ? {} : { led };
  const tries = before === undefined ? 0 : 'again' in before ? before.again : before.tries;
  let result: FetchResult;
  if (before !== undefined && 'result' in before) result = before.result;
  else {
    const instead = askedInstead(url, options);
    const { headers } = headersOf(options);
    const named = instead === undefined ? headers : { host: url.host, ...headers };
    result = call.env.network.fetch({
      url: instead === undefined ? url.full : url.full.replace(/\/\/[^/?#]+/, `//${instead}`),
      timeoutMs,
      agent: options.value('A', 'user-agent') ?? 'curl/8.14.1',
      trusts: options.has('k', 'insecure') || authority !== undefined,
      ...sent(options),
      ...(named === undefined ? {} : { headers: named }),
    });
    if (result.afterMs > 0)
      return {
        waitMs: result.afterMs,
        state: { result, tries, spentMs: result.afterMs, ...along } satisfies CurlState,
      };
  }
  const retries = Number(options.value('retry') ?? 0);
  const transient =
    result.kind === 'timedOut' ||
    (result.kind === 'answered' && [408, 429, 500, 502, 503, 504].includes(result.status)) ||
    (options.has('retry-connrefused') && result.kind === 'refused') ||
    options.has('retry-all-errors');
  if (tries < retries && transient && !(result.kind === 'answered' && result.status < 400)) {
    const delay = options.value('retry-delay');
    const waitMs = delay === undefined ? retryMs(tries) : Number(delay) * 1000;
    return { waitMs: Math.max(1, waitMs), state: { again: tries + 1, ...along } };
  }
  const written = (status: number, size: number): void => {
    const format = options.value('w', 'write-out');
    if (format !== undefined)
      call.out(writtenOut(format, url, status, size, result.afterMs, led?.times ?? 0));
  };
  switch (result.kind) {
    case 'notResolved':
      written(0, 0);
      return fail(6, `Could not resolve host: ${url.name}`);
    case 'untrusted':
      written(0, 0);
      return fail(60, UNTRUSTED);
    case 'refused':
      written(0, 0);
      if (result.closed === 'silently') return fail(52, 'Empty reply from server');
      if (result.closed === 'greeted') return fail(1, 'Received HTTP/0.9 when not allowed');
      return fail(
        7,
        `Failed to connect to ${url.name} port ${url.port} after ${Math.round(result.afterMs)} ms: ` +
          'Could not connect to server',
      );
    case 'timedOut':
      written(0, 0);
      return fail(
        28,
        limit !== undefined && connecting === undefined
          ? `Operation timed out after ${timeoutMs} milliseconds with 0 bytes received`
          : `Failed to connect to ${url.name} port ${url.port} after ${timeoutMs} ms: Timeout was reached`,
      );
    default: {
      const { status, body, location, head: said = [] } = result;
      const length = bytesOf(body);
      const lines = [
        `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`,
        ...said,
        `Content-Length: ${length}`,
        ...(location === undefined ? [] : [`Location: ${location}`]),
        ...(said.length === 0 ? [] : ['Connection: keep-alive']),
        '',
      ].map((line) => `${line}\r\n`);
      const head = lines.join('');
      if (options.has('v', 'verbose')) {
        const method = sent(options).method ?? 'GET';
        call.err(
          `* Host ${url.name}:${url.port} was resolved.\n*   ` +
            `Trying ${addressOf(call, url.name)}:${url.port}...\n* Connected to ${url.name} ` +
            `(${addressOf(call, url.name)}) port ${url.port}\n> ${method} ${url.path} HTTP/1.1\r\n> ` +
            `Host: ${url.host}\r\n> User-Agent: curl/8.14.1\r\n> Accept: */*\r\n> \r\n` +
            `${lines.map((line) => `< ${line}`).join('')}* ` +
            `Connection #0 to host ${url.name} left intact\n`,
        );
      }
      const showsHead = options.has('I', 'head', 'i', 'include', 'show-headers');
      const shown = `${led?.shown ?? ''}${showsHead ? head : ''}`;
      if (location !== undefined && status < 400 && options.has('L', 'location')) {
        const times = (led?.times ?? 0) + 1;
        if (times > MOST_REDIRECTIONS) return fail(47, `Maximum (${MOST_REDIRECTIONS}) redirects followed`);
        const next = { to: ledTo(location, url), times, shown };
        return { waitMs: 1, state: { again: 0, led: next } };
      }
      if (status >= 400 && options.has('f', 'fail', 'fail-with-body')) {
        if (options.has('fail-with-body')) call.out(body);
        written(status, length);
        return fail(22, `The requested URL returned error: ${status}`);
      }
      const headOnly = options.has('I', 'head');
      const text = headOnly ? shown : shown + body;
      const output =
        options.value('o', 'output') ??
        (options.has('O', 'remote-name') ? baseName(url.path.replace(/[?#].*/, '')) : '-');
      const problem = save(call, output, text);
      if (problem !== undefined) return fail(23, 'Failure writing output to destination');
      written(status, headOnly ? 0 : length);
      return 0;
    }
  }
};

function writtenOut(
  format: string,
  url: Url,
  status: number,
  size: number,
  afterMs: number,
  redirections: number,
): string {
  const seconds = (ms: number): string => (ms / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(status).padStart(3, '0'),
    response_code: String(status).padStart(3, '0'),
    size_download: String(size),
    time_total: seconds(afterMs),
    time_connect: seconds(afterMs / 2),
    time_starttransfer: seconds(afterMs),
    time_namelookup: seconds(afterMs / 4),
    url_effective: `${url.full}${url.path === '/' && !url.full.endsWith('/') ? '/' : ''}`,
    num_redirects: String(redirections),
    remote_port: url.port,
    content_type: '',
    exitcode: status === 0 ? '7' : '0',
  };
  return format
    .replaceAll(/%\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(values, name) ? values[name]! : all))
    .replaceAll(/\\([ntr])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c]!);
}

export const httpPrograms: Readonly<Record<string, Program>> = { curl, wget };
