/**
 * Which Corefile a CoreDNS container goes by. The kubelet writes another one into its volume at once; the
 * plugin `reload` looks now and then whether the file has changed, and goes on with what it had where it
 * cannot read the new one (plugin/reload of github.com/coredns/coredns). That costs no events: what a
 * container goes by is computed when somebody asks, from what stood in the file before it was written anew.
 */
import type { Millis } from '../kernel/types.ts';
import { readFile } from './answer.ts';
import { hexDigits, programOf } from './images.ts';
import { type Corefile, corefileOf } from './images/corefile.ts';
import { containersOf, type Machine, type RuntimeContainer, type World } from './world.ts';

const COREFILE = '/etc/coredns/Corefile';

type Readable = Exclude<Corefile, { readonly problem: string }>;

const textIn = (world: World, machine: Machine, container: RuntimeContainer): string =>
  readFile(world, machine, container, COREFILE) ?? '';

function textOf(world: World, machine: Machine, container: RuntimeContainer, now: Millis): string {
  const text = textIn(world, machine, container);
  const held = world.system?.corefiles.get(container.id);
  if (held === undefined) return text;
  return now < held.until || 'problem' in corefileOf(text) ? held.text : text;
}

/** What a container goes by. */
export function corefileIn(
  world: World,
  machine: Machine,
  container: RuntimeContainer,
  now: Millis,
): Readable {
  const corefile = corefileOf(textOf(world, machine, container, now));
  return 'problem' in corefile ? { blocks: [] } : corefile;
}

/** When a container first looks at its file after a moment; Infinity: it never does. */
function looksAfter(container: RuntimeContainer, text: string, now: Millis): Millis {
  const corefile = corefileOf(text);
  const reload = 'problem' in corefile ? undefined : corefile.blocks.find((one) => one.reload)?.reload;
  if (reload === undefined || reload.everyMs <= 0) return Number.POSITIVE_INFINITY;
  const share = Number.parseInt(hexDigits(container.id, 53, 4), 16) / 0x10000;
  const everyMs = reload.everyMs + Math.floor(reload.jitterMs * share);
  const looks = Math.floor((now - container.startedAt) / everyMs) + 1;
  return container.startedAt + looks * everyMs;
}

/** What the CoreDNS containers of a Pod go by, before its volumes are written. */
export type Running = readonly (readonly [container: RuntimeContainer, text: string])[];

export function runningCorefiles(world: World, machine: Machine, podUid: string, now: Millis): Running {
  if (world.system === undefined) return [];
  return containersOf(machine, podUid)
    .filter((one) => one.state === 'running' && programOf(world, one).answersNames === true)
    .map((one) => [one, textOf(world, machine, one, now)] as const);
}

/** The volumes have been written: the containers go by what they had until they look. */
export function holdCorefiles(world: World, machine: Machine, running: Running, now: Millis): void {
  for (const [container, text] of running) {
    const { corefiles } = world.system!;
    const until = corefiles.get(container.id)?.until ?? now;
    if (textIn(world, machine, container) === text) corefiles.delete(container.id);
    else if (until <= now) corefiles.set(container.id, { text, until: looksAfter(container, text, now) });
  }
}

/** When the next server of names goes by another file. Infinity: none will. */
export function corefilesChangeAt({ system }: World, now: Millis): Millis {
  let next = Number.POSITIVE_INFINITY;
  for (const { until } of system?.corefiles.values() ?? []) if (until > now && until < next) next = until;
  return next;
}
