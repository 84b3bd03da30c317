/**
 * What a pod's processes answer: to a connection, to an HTTP request, to the reading of a file.
 * Pure functions of the physical world; probes and requests both ask here.
 */
import type { Millis } from '../kernel/types.ts';
import { workMs } from './cpu.ts';
import { FileView } from './files/view.ts';
import { targetedBy, targetsOf } from './addresses.ts';
import { behaviourOf, DEFAULT_STARTUP_MS, isAssumed, programOf } from './images.ts';
import { nginxPage } from './images/nginxpages.ts';
import { type Asked, said } from './says.ts';
import { runsShell } from './shell/program.ts';
import {
  containersOf,
  type HttpAnswer,
  type ImageBehaviour,
  type Machine,
  type RuntimeContainer,
  type World,
} from './world.ts';

/**
 * Open: a process accepts. Refused: nothing listens. Silent: nothing answers at all (no such host, dropped).
 */
export type Connection = 'open' | 'refused' | 'silent';

export type HttpReply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly afterMs: Millis;
      /** The program acts on the request, and says itself what it answers. */
      readonly acts?: true;
    }
  | { readonly kind: 'refused' }
  /** Accepted, and closed again: what listens does not speak HTTP. */
  | { readonly kind: 'closed'; readonly greeted?: true }
  /** Accepted, or dropped on the way, but nothing comes back. */
  | { readonly kind: 'silent' };

/** Content of a file in a container's file system; undefined when there is none. */
export function readFile(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  path: string,
): string | undefined {
  if (container.files.size === 0 && container.mounts.length === 0) {
    const files = behaviourOf(world, container.image).files;
    if (files !== undefined && Object.hasOwn(files, path)) return files[path];
  }
  return new FileView(world, machine, container).read(path);
}

/** Paths of the files under a directory (`/`: all) that the image is known for or that came later, sorted. */
export const filesUnder = (
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  directory: string,
): string[] => new FileView(world, machine, container).filesBelow(directory);

/** The files that HTTP paths of the container's image answer from and that are there, sorted. */
export function servedFiles(world: World, machine: Machine, container: RuntimeContainer): string[] {
  const { http = {}, root } = programOf(world, container);
  const files = new Set(Object.values(http).filter((a) => typeof a === 'string'));
  if (root !== undefined) for (const path of filesUnder(world, machine, container, root)) files.add(path);
  return [...files].filter((path) => readFile(world, machine, container, path) !== undefined).sort();
}

/** When a running container begins to listen. */
export function listeningSince(world: World, container: RuntimeContainer): Millis {
  const { startupMs = DEFAULT_STARTUP_MS } = programOf(world, container);
  const slow = container.faults.get('slowStart');
  const holds = slow !== undefined && container.startedAt >= Number(slow['since'] ?? container.startedAt);
  const since = container.shell?.serving?.since ?? container.startedAt;
  return since + (holds ? Number(slow['ms']) : startupMs);
}

/** The ports a container's program is known to listen on once it is up. */
export function portsOf(world: World, container: RuntimeContainer): readonly number[] {
  if (runsShell(world, container)) {
    const { serving } = container.shell ?? {};
    if (serving === undefined) return NO_PORTS;
    if (serving.ports !== undefined) return serving.ports;
  }
  return programOf(world, container).listens ?? container.ports;
}
const NO_PORTS: readonly number[] = [];

/** Whether nobody described the container's program, which is taken for a server. */
export const isAssumedServer = (world: World, container: RuntimeContainer): boolean =>
  !container.ends &&
  isAssumed(world, container) &&
  (container.shell?.serving !== undefined || !runsShell(world, container));

/** Whether the container's program listens, or will. */
export const isServer = (world: World, container: RuntimeContainer): boolean =>
  portsOf(world, container).length > 0 || isAssumedServer(world, container);

/** Ports on which a program that nobody described is taken to listen. */
export function assumedPorts(world: World, machine: Machine, container: RuntimeContainer): number[] {
  const sandbox = machine.sandboxes.get(container.podUid);
  const containers = containersOf(machine, container.podUid);
  const isTaken = (port: number): boolean => containers.some((c) => portsOf(world, c).includes(port));
  const first = containers.find((c) => c.state === 'running' && isAssumedServer(world, c));
  const sentTo = sandbox !== undefined && first === container ? targetsOf(world, sandbox) : [];
  return [...portsOf(world, container), ...sentTo.filter((port) => !isTaken(port))];
}

/** The running container of a pod that listens on a port now. */
export function listener(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  now: Millis,
): RuntimeContainer | undefined {
  const containers = containersOf(machine, podUid);
  const accepts = (c: RuntimeContainer): boolean =>
    c.state === 'running' && !c.draining && now >= listeningSince(world, c);
  for (const container of containers)
    if (portsOf(world, container).includes(port) && accepts(container)) return container;
  // A Service sends here: a program that nobody described is taken to listen, unless another is to.
  const sandbox = machine.sandboxes.get(podUid);
  if (sandbox === undefined || containers.some((c) => portsOf(world, c).includes(port))) return undefined;
  const assumed = containers.find((c) => isAssumedServer(world, c) && accepts(c));
  return assumed !== undefined && targetedBy(world, sandbox, port) ? assumed : undefined;
}

/** Who takes a connection to a port of a pod, or why nobody does: as `connect`. */
export function taking(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  now: Millis,
): RuntimeContainer | 'refused' | 'silent' {
  const sandbox = machine.sandboxes.get(podUid);
  if (sandbox === undefined || !sandbox.ready) return 'silent';
  const container = listener(world, machine, podUid, port, now);
  return container === undefined || container.faults.has('refuse') ? 'refused' : container;
}

/**
 * What a connection to a port of a pod meets. The machine is on and the way there is free: that is the
 * caller's to know.
 */
export function connect(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  now: Millis,
): Connection {
  const taker = taking(world, machine, podUid, port, now);
  return typeof taker === 'string' ? taker : 'open';
}

/**
 * What an HTTP GET on a port and path of a pod is answered.
 * @param momentary whether it waits behind the requests that the container has at the moment
 * @param from address of the client, as the server sees it
 */
export function httpGet(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  path: string,
  now: Millis,
  momentary = false,
  from = '',
): HttpReply {
  const container = taking(world, machine, podUid, port, now);
  if (typeof container === 'string') return { kind: container };
  return containerReply(world, machine, container, { path, from, now, port }, momentary);
}

/** What a container that takes a connection answers on it. */
export function containerReply(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  asked: Asked,
  momentary: boolean,
): HttpReply {
  if (container.faults.has('hang')) return { kind: 'silent' };
  const { speaksHttp, greets } = programOf(world, container);
  if (speaksHttp === false) return greets === true ? { kind: 'closed', greeted: true } : { kind: 'closed' };
  const error = container.faults.get('error')?.['status'];
  const reply =
    typeof error === 'number'
      ? { kind: 'answered' as const, status: error, body: '', afterMs: 0 }
      : paged(container, programOf(world, container), pageReply(world, machine, container, asked));
  const taken = workMs(world, machine, container, reply.afterMs, momentary ? asked.now : undefined);
  const afterMs = taken + addedMs(container);
  return afterMs === reply.afterMs ? reply : { ...reply, afterMs };
}

/** What a fault adds to the time of every answer. */
export function addedMs(container: RuntimeContainer): Millis {
  const slow = container.faults.get('slow')?.['ms'];
  return typeof slow === 'number' ? slow : 0;
}

type Answered = HttpReply & { readonly kind: 'answered' };

const answered = (status: number, body = '', afterMs = 0): Answered => ({
  kind: 'answered',
  status,
  body,
  afterMs,
});

/** A server's own page stands in for one that is missing. */
function paged({ image }: RuntimeContainer, { accessLog }: ImageBehaviour, reply: Answered): Answered {
  const { status, body } = reply;
  return status < 300 || body !== '' || accessLog !== 'nginx'
    ? reply
    : { ...reply, body: nginxPage(status, image) };
}

function pageReply(world: World, machine: Machine, container: RuntimeContainer, asked: Asked): Answered {
  const { path: fullPath, now } = asked;
  const cut = fullPath.search(/[?#]/);
  const path = (cut < 0 ? fullPath : fullPath.slice(0, cut)) || '/';
  const { http: first, root, lists, turns, bodies } = programOf(world, container);
  const http = turns !== undefined && now >= container.startedAt + turns.afterMs ? turns.http : first;
  const answer = http === undefined ? undefined : answerTo(http, path);
  const ofPort = bodies?.[asked.port];
  if (ofPort !== undefined) return answered(200, ofPort);
  if (typeof answer === 'object') {
    const { status, body } = answer.says === undefined ? answer : said(answer, container, asked);
    const reply = answered(status, body, answer.afterMs);
    return answer.acts === undefined ? reply : { ...reply, acts: true };
  }
  if (typeof answer === 'string') {
    const content = readFile(world, machine, container, answer);
    return content === undefined ? answered(path.endsWith('/') ? 403 : 404) : answered(200, content);
  }
  if (root !== undefined) return documentReply(world, machine, container, root, path, lists);
  return answered(http === undefined ? 200 : 404);
}

function answerTo(http: Readonly<Record<string, HttpAnswer>>, path: string): HttpAnswer | undefined {
  if (Object.hasOwn(http, path)) return http[path];
  const wildcard = Object.keys(http)
    .filter((p) => p.endsWith('*') && path.startsWith(p.slice(0, -1)))
    .sort((a, b) => b.length - a.length)[0];
  return wildcard === undefined ? undefined : http[wildcard];
}

/** As servers answer from a directory: its index page, and its listing only where they are told to. */
function documentReply(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  root: string,
  path: string,
  lists = false,
): Answered {
  const file = root + path;
  const content = readFile(world, machine, container, path.endsWith('/') ? `${file}index.html` : file);
  if (content !== undefined) return answered(200, content);
  const view = new FileView(world, machine, container);
  if (view.stat(file)?.kind !== 'directory') return answered(404);
  if (!path.endsWith('/')) return answered(301);
  return lists ? answered(200, listing(view, file)) : answered(403);
}

/** As Go's net/http has it (dirList of fs.go). */
function listing(view: FileView, directory: string): string {
  const names = (view.list(directory) ?? []).map((name) =>
    view.stat(directory + name)?.kind === 'directory' ? `${name}/` : name,
  );
  return `<pre>\n${names.map((name) => `<a href="${name}">${name}</a>\n`).join('')}</pre>\n`;
}
