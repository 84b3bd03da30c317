/**
 * What a pod's processes answer: to a connection, to an HTTP request, to the reading of a file.
 * Pure functions of the physical world; probes and requests both ask here.
 */
import type { Millis } from '../kernel/types.ts';
import { workMs } from './cpu.ts';
import { FileView } from './files/view.ts';
import { behaviourOf, DEFAULT_STARTUP_MS } from './images.ts';
import { runsShell } from './shell/program.ts';
import { containersOf, type Machine, type RuntimeContainer, type World } from './world.ts';

/**
 * Open: a process accepts. Refused: nothing listens. Silent: nothing answers at all (no such host, dropped).
 */
export type Connection = 'open' | 'refused' | 'silent';

export type HttpReply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly afterMs: Millis }
  | { readonly kind: 'refused' }
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
  const answers = Object.values(behaviourOf(world, container.image).http ?? {});
  const files = new Set(answers.filter((a) => typeof a === 'string'));
  return [...files].filter((path) => readFile(world, machine, container, path) !== undefined).sort();
}

/** When a running container begins to listen. */
export function listeningSince(world: World, container: RuntimeContainer): Millis {
  const behaviour = behaviourOf(world, container.image);
  const slow = container.faults.get('slowStart');
  const holds = slow !== undefined && container.startedAt >= Number(slow['since'] ?? container.startedAt);
  return container.startedAt + (holds ? Number(slow['ms']) : (behaviour.startupMs ?? DEFAULT_STARTUP_MS));
}

/** The ports a container's program listens on once it is up. */
export function portsOf(world: World, container: RuntimeContainer): readonly number[] {
  if (runsShell(world, container)) return [];
  return behaviourOf(world, container.image).listens ?? container.ports;
}

/** The running container of a pod that listens on a port now. */
export function listener(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  now: Millis,
): RuntimeContainer | undefined {
  for (const container of containersOf(machine, podUid)) {
    if (container.state !== 'running' || container.draining || !portsOf(world, container).includes(port))
      continue;
    if (now >= listeningSince(world, container)) return container;
  }
  return undefined;
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
  const sandbox = machine.sandboxes.get(podUid);
  if (sandbox === undefined || !sandbox.ready) return 'silent';
  const container = listener(world, machine, podUid, port, now);
  return container === undefined || container.faults.has('refuse') ? 'refused' : 'open';
}

/** What an HTTP GET on a port and path of a pod is answered. */
export function httpGet(
  world: World,
  machine: Machine,
  podUid: string,
  port: number,
  path: string,
  now: Millis,
): HttpReply {
  const connection = connect(world, machine, podUid, port, now);
  if (connection !== 'open') return { kind: connection };
  return containerReply(world, machine, listener(world, machine, podUid, port, now)!, path);
}

function containerReply(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  fullPath: string,
): HttpReply {
  if (container.faults.has('hang')) return { kind: 'silent' };
  const error = container.faults.get('error')?.['status'];
  const reply =
    typeof error === 'number'
      ? { kind: 'answered' as const, status: error, body: '', afterMs: 0 }
      : pageReply(world, machine, container, fullPath);
  const afterMs = workMs(world, machine, container, reply.afterMs) + addedMs(container);
  return afterMs === reply.afterMs ? reply : { ...reply, afterMs };
}

/** What a fault adds to the time of every answer. */
export function addedMs(container: RuntimeContainer): Millis {
  const slow = container.faults.get('slow')?.['ms'];
  return typeof slow === 'number' ? slow : 0;
}

function pageReply(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  fullPath: string,
): HttpReply & { kind: 'answered' } {
  const cut = fullPath.search(/[?#]/);
  const path = (cut < 0 ? fullPath : fullPath.slice(0, cut)) || '/';
  const { http } = behaviourOf(world, container.image);
  const answered = (status: number, body: string, afterMs = 0): HttpReply & { kind: 'answered' } => ({
    kind: 'answered',
    status,
    body,
    afterMs,
  });
  if (http === undefined) return answered(200, '');
  let answer = Object.hasOwn(http, path) ? http[path] : undefined;
  if (answer === undefined) {
    const wildcard = Object.keys(http)
      .filter((p) => p.endsWith('*') && path.startsWith(p.slice(0, -1)))
      .sort((a, b) => b.length - a.length)[0];
    answer = wildcard === undefined ? { status: 404 } : http[wildcard]!;
  }
  if (typeof answer !== 'string') return answered(answer.status, answer.body ?? '', answer.afterMs);
  const content = readFile(world, machine, container, answer);
  if (content !== undefined) return answered(200, content);
  // A directory without its index page may not be listed: that is how nginx and httpd answer.
  return answered(path.endsWith('/') ? 403 : 404, '');
}
