/** Files and disk of containers. */
import { wholeValue } from '../../sim/api/quantity.ts';
import { readFile } from '../../sim/node/answer.ts';
import { changeFile, clearContainerFault, deleteFile, hasContainer, setContainerFault } from '../../sim/node/index.ts';
import { kubeletProcess } from '../../sim/node/env.ts';
import { defineFault } from '../define.ts';
import { valueOf } from '../fields.ts';
import { say } from '../phrase.ts';
import { containerNamed, containersMet } from '../target.ts';
import { FaultError, type Fault, type FaultContext, type FaultParameter, type Struck } from '../types.ts';
import type { ContainerTarget } from '../../sim/node/machine.ts';
import { keys, targetOf } from './containertargets.ts';

const CONTAINER: FaultParameter = { field: 'container', about: 'name of the container; without, the first that runs' };
const PAGE = '/usr/share/nginx/html/index.html';
const PATH: FaultParameter = { field: 'path', required: true, among: [PAGE], about: 'path in the container' };

/** What was in the file, and in the layer of which container. */
interface Before { readonly id: string; readonly content: string | null }

/** Puts files back into the layers they were in; a container that was restarted has a new one. */
function putBack(path: string, struck: Struck, ctx: FaultContext): void {
  for (const name of struck.targets) {
    const before = struck.undo![name] as Before & ContainerTarget;
    const now = containerNamed(name, ctx);
    if (now === undefined || now.record.id !== before.id || now.record.state !== 'running') continue;
    changeFile(ctx, { podUid: before.podUid, container: before.container }, path, before.content);
  }
}

export const fileDelete: Fault = defineFault({
  kind: 'FileDelete', family: 'pod', target: 'container',
  about: 'A file is deleted in the container. Its layer is lost with a restart, which brings the file back.',
  heals: 'The file is put back, if the container is still the same.',
  parameters: [CONTAINER, PATH],
  phrases: [say('file [path] is deleted in [containers][forMs]', '[forMs][containers]のファイル[path]を削除する')],
  elsewhere: { chaosMesh: 'IOChaos fault (ENOENT)' },
  strike(call, ctx) {
    const met = containersMet(call, ctx).filter((m) => readFile(ctx.world, m.record, call.path!) !== undefined);
    if (met.length === 0) throw new FaultError(`there is no file ${call.path} in ${containersMet(call, ctx).map((m) => `container "${m.container}" of pod "${m.pod.metadata.name}"`).join(', ')}`);
    const undo = Object.fromEntries(met.map((m) => [m.name, { ...targetOf(m), id: m.record.id, content: readFile(ctx.world, m.record, call.path!)! }]));
    for (const m of met) deleteFile(ctx, targetOf(m), call.path!);
    return { targets: met.map((m) => m.name), undo };
  },
  heal: (call, struck, ctx) => putBack(call.path!, struck, ctx),
});

export const fileChange: Fault = defineFault({
  kind: 'FileChange', family: 'pod', target: 'container',
  about: 'A file of the container gets another content. Its layer is lost with a restart, which brings the file back as the image has it.',
  heals: 'The content from before is put back, if the container is still the same.',
  parameters: [CONTAINER, PATH, { field: 'content', default: 'changed', among: ['changed'], about: 'the new content' }],
  phrases: [say('file [path] becomes [content] in [containers][forMs]', '[forMs][containers]のファイル[path]を[content]に変える')],
  elsewhere: { chaosMesh: 'IOChaos mistake' },
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    const undo = Object.fromEntries(met.map((m) => [m.name, { ...targetOf(m), id: m.record.id, content: readFile(ctx.world, m.record, call.path!) ?? null }]));
    for (const m of met) changeFile(ctx, targetOf(m), call.path!, valueOf(fileChange, call, 'content'));
    return { targets: met.map((m) => m.name), undo };
  },
  heal: (call, struck, ctx) => putBack(call.path!, struck, ctx),
});

export const fillStorage: Fault = defineFault({
  kind: 'ContainerFillsStorage', family: 'pod', target: 'container',
  about: 'The container writes so much into its layer: beyond its ephemeral-storage limit its Pod is evicted, without one the node may come under disk pressure.',
  heals: 'What was written is deleted.',
  parameters: [CONTAINER, { field: 'amount', default: '1Gi', among: ['1Gi', '100Mi', '48Gi'], about: 'how much it writes' }],
  phrases: [say('[containers] fills/fill [amount] of ephemeral storage[forMs]', '[forMs][containers]がエフェメラルストレージに[amount]書き込む')],
  elsewhere: { litmus: 'disk-fill' },
  strike(call, ctx) {
    const met = containersMet(call, ctx);
    for (const m of met) {
      setContainerFault(ctx, targetOf(m), 'disk', { bytes: wholeValue(valueOf(fillStorage, call, 'amount')) });
      if (ctx.control.isUp(kubeletProcess(m.machine.name))) ctx.control.scheduleFor(kubeletProcess(m.machine.name), 0, { type: 'resourcesChanged' } as never);
    }
    return { targets: met.map((m) => m.name), undo: keys(met) };
  },
  heal(_call, struck, ctx) {
    for (const name of struck.targets) {
      const target = struck.undo![name] as ContainerTarget;
      if (hasContainer(ctx, target)) clearContainerFault(ctx, target, 'disk');
    }
  },
});
