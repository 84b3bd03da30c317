/**
 * What programs of the agnhost image do about requests beyond answering them: they ask others, or remember
 * what they are told. Models test/images/agnhost/{netexec,nettest,guestbook}. Of nettest, that it writes to
 * its peers is not played; of guestbook, that a replica ends that finds nobody to register with.
 */
import type { Millis } from '../kernel/types.ts';
import { sandboxesNamed } from '../node/addresses.ts';
import { programOf } from '../node/images.ts';
import { containersOf, type Acts, type RuntimeContainer, type World } from '../node/world.ts';
import { datagramFrom } from './datagram.ts';
import { dialled } from './dial.ts';
import type { NetworkEnv, Origin, RequestOutcome } from './types.ts';

type Answered = RequestOutcome & { readonly kind: 'answered' };

/** What a request says to the program that it came to. */
interface Said {
  /** With its query. */
  readonly path: string;
  readonly body: string | undefined;
}

/** Sends a request, on which nobody acts. */
type Send = (env: NetworkEnv, from: Origin, url: string, timeoutMs: Millis) => RequestOutcome;

/** A program that acts, and from where it asks others. */
interface Actor<K extends Acts['kind'] = Acts['kind']> {
  readonly env: NetworkEnv;
  readonly at: Required<Origin>;
  readonly container: RuntimeContainer;
  readonly acts: Acts & { readonly kind: K };
  readonly send: Send;
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly afterMs?: Millis;
}

/** Of the clients of netexec and guestbook. */
const TIMEOUT_MS = 5000;

/** For how long a replica tries to register. */
const REGISTERS_MS = 15_000;

/** How long nettest looks for its peers, and how long it writes to them. */
const CONTACTS_MS = 375_000;

const reply = (body: string, status = 200): Reply => ({ status, body });

function actorIn(env: NetworkEnv, at: Required<Origin>, send: Send): Actor | undefined {
  for (const { machine, sandbox } of sandboxesNamed(env.world, at.namespace, at.pod))
    for (const container of containersOf(machine, sandbox.podUid)) {
      const { acts } = programOf(env.world, container);
      if (acts !== undefined && container.state === 'running') return { env, at, container, acts, send };
    }
  return undefined;
}

const isOf = <K extends Acts['kind']>(actor: Actor, kind: K): actor is Actor<K> => actor.acts.kind === kind;

const placeOf = (pod: string): Required<Origin> => {
  const [namespace = '', name = ''] = pod.split('/');
  return { namespace, pod: name };
};

/** The outcome as the program that was reached leaves it. Who only looks leaves no trace. */
export function acted(
  env: NetworkEnv,
  { acts: _, ...outcome }: Answered,
  said: Said,
  send: Send,
): RequestOutcome {
  const actor =
    outcome.pod === undefined || (env.agent === undefined && !said.path.startsWith('/dial'))
      ? undefined
      : actorIn(env, placeOf(outcome.pod), send);
  const done = actor === undefined ? undefined : act(actor, said);
  if (done === undefined) return outcome;
  const { status, body, afterMs = 0 } = done;
  return { ...outcome, status, body, afterMs: outcome.afterMs + afterMs };
}

function act(actor: Actor, said: Said): Reply | undefined {
  if (isOf(actor, 'netexec')) return dial(actor, said.path);
  if (isOf(actor, 'nettest')) return nettest(actor, said);
  return isOf(actor, 'guestbook') ? guestbook(actor, said.path) : undefined;
}

const asked = ({ env, at, send }: Actor, url: string): RequestOutcome =>
  send({ ...env, agent: 'Go-http-client/1.1' }, at, url, TIMEOUT_MS);

function dial(actor: Actor, path: string): Reply {
  const { env, at } = actor;
  return dialled(path, (protocol, host, port, request) =>
    protocol === 'udp'
      ? datagramFrom(env, at, { host, port }, request, TIMEOUT_MS)
      : asked(actor, `http://${host}:${port}/${request}`),
  );
}

/** As Go's encoding/json says it of what is no JSON. */
function written(body: string): { readonly source: string; readonly error?: string } {
  if (body.trim() === '') return { source: '', error: 'EOF' };
  try {
    const value = JSON.parse(body) as { Source?: unknown } | null;
    return { source: typeof value?.Source === 'string' ? value.Source : '' };
  } catch {
    return { source: '', error: 'invalid character in what was posted' };
  }
}

function nettest({ env, at, container }: Actor, { path, body = '' }: Said): Reply {
  const { received, errors } = container.remembers ?? {};
  if (path.startsWith('/read')) {
    const names = Object.keys(received ?? {}).sort();
    const state = {
      Hostname: at.pod,
      Sent: null,
      Received:
        received === undefined ? null : Object.fromEntries(names.map((name) => [name, received[name]])),
      Errors: errors ?? null,
      Log: null,
      StillContactingPeers: env.now < container.startedAt + CONTACTS_MS,
    };
    return reply(JSON.stringify(state, null, '\t'));
  }
  const { source, error } = written(body);
  const wrong = [
    ...(error === undefined ? [] : [error]),
    ...(source === '' ? [`${at.pod}: Got request with no source`] : []),
  ];
  container.remembers = {
    ...container.remembers,
    ...(source === '' ? {} : { received: { ...received, [source]: (received?.[source] ?? 0) + 1 } }),
    ...(wrong.length === 0 ? {} : { errors: [...(errors ?? []), ...wrong] }),
  };
  return reply(`{"Hostname":${JSON.stringify(at.pod)}}\n`);
}

type Guestbook = Actor<'guestbook'>;

const unheard = (outcome: RequestOutcome): string =>
  ({ refused: 'connect: connection refused', notResolved: 'no such host' })[outcome.kind as string] ??
  'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

/** The primary that a replica registered with when it started; undefined: there was none. */
function primaryOf(replica: Guestbook): Guestbook | undefined {
  const { replicaOf, backendPort } = replica.acts;
  const outcome = asked(replica, `http://${replicaOf}:${backendPort}/register`);
  if (outcome.kind !== 'answered' || outcome.pod === undefined) return undefined;
  const primary = actorIn(replica.env, placeOf(outcome.pod), replica.send);
  return primary !== undefined &&
    isOf(primary, 'guestbook') &&
    primary.container.startedAt < replica.container.startedAt + REGISTERS_MS
    ? primary
    : undefined;
}

/** What it has: of a replica that was told nothing yet, what it was given where it registered. */
function entriesOf(actor: Guestbook): Readonly<Record<string, string>> {
  const { remembers } = actor.container;
  if (remembers?.entries !== undefined || actor.acts.replicaOf === undefined) return remembers?.entries ?? {};
  return primaryOf(actor)?.container.remembers?.entries ?? {};
}

function* guestbooksIn(world: World): Iterable<Required<Origin>> {
  for (const machine of world.machines.peek().values())
    for (const { podNamespace, podName } of machine.sandboxes.values())
      yield { namespace: podNamespace, pod: podName };
}

/** Those that registered with it and still run, and their addresses. */
function replicasOf(primary: Guestbook): { readonly replica: Guestbook; readonly ip: string }[] {
  const { env, send } = primary;
  return [...guestbooksIn(env.world)].flatMap((at) => {
    const replica = actorIn(env, at, send);
    if (replica === undefined || !isOf(replica, 'guestbook') || replica.acts.replicaOf === undefined)
      return [];
    if (primaryOf(replica)?.container.id !== primary.container.id) return [];
    const [found] = sandboxesNamed(env.world, at.namespace, at.pod);
    return found === undefined ? [] : [{ replica, ip: found.sandbox.ip }];
  });
}

function set(actor: Guestbook, key: string, value: string): Reply {
  if (key === '') return reply('cannot set with empty key.\n', 400);
  const entries = entriesOf(actor);
  actor.container.remembers = { entries: { ...entries, [key]: value } };
  for (const { replica, ip } of actor.acts.replicaOf === undefined ? replicasOf(actor) : []) {
    const outcome = asked(actor, `http://${ip}:${actor.acts.backendPort}/set?key=${key}&value=${value}`);
    if (outcome.kind !== 'answered')
      return reply(`encountered error while propagating to replica '${ip}': ${unheard(outcome)}\n`, 417);
    replica.container.remembers = { entries: { ...entries, [key]: value } };
  }
  return reply('{"message":"Updated"}');
}

/** A front end asks the primary or a replica, whose answer is its own. */
function passedOn(actor: Guestbook, command: string, key: string, value: string): Reply {
  if (command !== 'get' && command !== 'set') return reply(`unsupported cmd: '${command}'\n`, 400);
  if (command === 'set' && key === '') return reply('cannot set with empty key.\n', 400);
  const host = command === 'get' ? 'agnhost-replica' : 'agnhost-primary';
  const path = `/${command}?key=${key}&value=${value}`;
  const outcome = asked(actor, `http://${host}:${actor.acts.backendPort}${path}`);
  if (outcome.kind !== 'answered') return reply(`encountered error: ${unheard(outcome)}\n`, 417);
  const backend =
    outcome.pod === undefined ? undefined : actorIn(actor.env, placeOf(outcome.pod), actor.send);
  const done = backend === undefined ? undefined : act(backend, { path, body: undefined });
  return { status: 200, body: (done ?? outcome).body, afterMs: outcome.afterMs };
}

function guestbook(actor: Guestbook, path: string): Reply {
  const cut = path.indexOf('?');
  const query = new URLSearchParams(cut < 0 ? '' : path.slice(cut + 1));
  const [key = '', value = '', command = ''] = ['key', 'value', 'cmd'].map((name) => query.get(name) ?? '');
  const place = cut < 0 ? path : path.slice(0, cut);
  if (place === '/set') return set(actor, key, value);
  if (place === '/guestbook') return passedOn(actor, command.toLowerCase(), key, value);
  const entries = entriesOf(actor);
  const isWhole = place === '/register' || key === '';
  return reply(JSON.stringify({ data: isWhole ? sorted(entries) : (entries[key] ?? '') }));
}

const sorted = (entries: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
