/** Files of containers, and the disk that their layers are on. */
import { wholeValue } from '../../sim/api/quantity.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containerNamed, containersMet, type Met } from '../target.ts';
import {
  misses,
  type Fault,
  type FaultCall,
  type PhysicalContext,
  type FaultParameter,
  type Struck,
} from '../types.ts';
import { CONTAINER, ofProcess, targetOf } from './containerfault.ts';

const PATH: FaultParameter = {
  field: 'path',
  about: 'path in the container; without, one of the files that it serves, or else any',
};

/** What a file was before, in which process's layer, and what it became. */
interface Change {
  readonly id: string;
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The file a call means in this container; undefined when it has none. */
function fileIn(call: FaultCall, ctx: PhysicalContext, { record }: Met): string | undefined {
  if (call.path !== undefined) return call.path;
  const files = ctx.physical.disks.filesOf(record);
  return files[Math.floor(ctx.random() * files.length)];
}

function change(call: FaultCall, ctx: PhysicalContext, after: string | null): Struck {
  if (call.path?.startsWith('/') === false) throw misses('pathNotAbsolute', { path: call.path });
  const met = containersMet(call, ctx, 'drawn');
  const undo: Record<string, Change> = {};
  const said: Record<string, string> = {};
  for (const m of met) {
    const path = fileIn(call, ctx, m);
    const before = path === undefined ? undefined : ctx.physical.disks.read(targetOf(m), path);
    if (path === undefined || (before === undefined && after === null)) continue;
    ctx.physical.disks.change(targetOf(m), path, after);
    undo[m.name] = { id: m.record.id, path, before: before ?? null, after };
    said[m.name] = path;
  }
  const targets = Object.keys(undo);
  if (targets.length === 0) throw misses('noFileIn', { path: call.path ?? '', pods: met.map((m) => m.name) });
  return { targets, undo, ...(call.path === undefined ? { said } : {}) };
}

/** Puts files back where the process is still the same, and nobody has changed them since. */
function putBack(_call: FaultCall, struck: Struck, ctx: PhysicalContext): void {
  for (const name of struck.targets) {
    const { id, path, before, after } = struck.undo![name] as Change;
    const now = containerNamed(name, ctx);
    const at = now === undefined ? undefined : { podUid: now.record.podUid, container: now.record.name };
    if (
      now === undefined ||
      at === undefined ||
      now.record.id !== id ||
      now.record.state !== 'running' ||
      (ctx.physical.disks.read(at, path) ?? null) !== after
    )
      continue;
    ctx.physical.disks.change(at, path, before);
  }
}

export const fileDelete = defineFault({
  kind: 'FileDelete',
  family: 'pod',
  needs: 'exec',
  target: 'container',
  stacks: 'each',
  about:
    "A file is deleted in the container's layer. A restart, which a liveness probe may bring about, has a " +
    'new layer with the file as the image has it.',
  heals: 'The file is put back, where the container was not restarted.',
  parameters: [CONTAINER, PATH],
  phrases: [
    say('file [path] is deleted in [containers][forMs]', '[forMs][containers]のファイル[path]を削除する'),
    say('a file is deleted in [containers][forMs]', '[forMs][containers]のファイルを1個削除する'),
  ],
  elsewhere: { chaosMesh: 'IOChaos fault (ENOENT)' },
  strike: (call, ctx) => change(call, ctx, null),
  heal: putBack,
});

export const fileChange: Fault = defineFault({
  kind: 'FileChange',
  family: 'pod',
  needs: 'exec',
  target: 'container',
  stacks: 'each',
  about:
    "A file in the container's layer gets another content, or comes into being. A restart has a new layer " +
    'with what the image has.',
  heals: 'The content from before is put back, where the container was not restarted.',
  parameters: [
    CONTAINER,
    PATH,
    { field: 'content', default: 'changed', among: ['changed', 'hello'], about: 'the new content' },
  ],
  phrases: [
    say(
      'file [path] becomes [content] in [containers][forMs]',
      '[forMs][containers]のファイル[path]を[content]に変える',
    ),
  ],
  elsewhere: { chaosMesh: 'IOChaos mistake' },
  strike: (call, ctx) => change(call, ctx, valueOf(fileChange, call, 'content')),
  heal: putBack,
});

export const fillStorage: Fault = ofProcess({
  kind: 'ContainerFillsStorage',
  fault: 'fill',
  about:
    'The container writes into its layer: beyond its limits of ephemeral-storage the kubelet evicts the ' +
    'Pod (Evicted), without limits the node may come under disk pressure. The layer is gone with the ' +
    'container.',
  heals: 'What was written is deleted; a Pod that was evicted stays Failed, its controller makes another.',
  parameters: [
    {
      field: 'amount',
      among: ['1Gi', '100Mi', '48Gi'],
      about: 'what it writes at once; without, 1Gi where nothing is written per second',
    },
    { field: 'perSecond', about: 'what it writes a second from then on; without, nothing' },
  ],
  phrases: [
    say(
      '[containers] fills/fill [amount] of ephemeral storage[forMs]',
      '[forMs][containers]がエフェメラルストレージに[amount]書き込む',
    ),
    say(
      '[containers] fills/fill [perSecond] of ephemeral storage per second[forMs]',
      '[forMs][containers]がエフェメラルストレージに毎秒[perSecond]書き込む',
    ),
  ],
  elsewhere: { litmus: 'pod-io-stress, disk-fill' },
  detail: (call) => ({
    bytes: wholeValue(call.amount ?? (call.perSecond === undefined ? '1Gi' : '0')),
    bytesPerSecond: wholeValue(call.perSecond ?? '0'),
  }),
});
