/** Storage: who makes disks, what brings them to nodes, and the disks. Drawn where there are claims. */
import { backingOf, isClaimBound } from '../../sim/api/volumes.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { arbitraryOf, lastingMs } from '../arbitrary.ts';
import { defineFault } from '../define.ts';
import { say } from '../phrase.ts';
import { machinesOf } from '../target.ts';
import { misses, type Fault, type FaultCall, type FaultWorld, type PhysicalContext } from '../types.ts';

const CONTROLLER = 'csi-controller';

const hasClaims = ({ claims = [] }: FaultWorld): boolean => claims.length > 0;

export const provisionerDown: Fault = defineFault({
  kind: 'ProvisionerDown',
  family: 'controlplane',
  needs: 'physical',
  target: 'none',
  about:
    "The storage drivers' controllers are down: no volume is made, deleted or enlarged, none is " +
    'attached or detached; claims stay Pending. What is mounted is read and written.',
  heals: 'They start anew and take up what waits.',
  phrases: [say('the storage provisioner is down[forMs]', '[forMs]ストレージのプロビジョナーが停止する')],
  arbitrary: (world, fc) => (hasClaims(world) ? arbitraryOf(provisionerDown, world, fc) : undefined),
  strike(_call, ctx) {
    ctx.physical.noting('processDown', { process: CONTROLLER }).processes.stop(CONTROLLER);
    return { targets: [CONTROLLER] };
  },
  heal(_call, _struck, ctx) {
    ctx.physical.noting('processUp', { process: CONTROLLER }).processes.start(CONTROLLER);
  },
});

type Storage = PhysicalContext['physical']['storage'];

/** Struck and healed machine by machine. */
const onMachines = (
  begin: (storage: Storage, node: string) => void,
  end: (storage: Storage, node: string) => void,
): Pick<Fault, 'strike' | 'heal'> => ({
  strike(call, ctx) {
    const targets = machinesOf(call, ctx);
    for (const node of targets) begin(ctx.physical.storage, node);
    return { targets };
  },
  heal(_call, struck, ctx) {
    for (const node of struck.targets) end(ctx.physical.storage, node);
  },
});

export const volumeAttachFails: Fault = defineFault({
  kind: 'VolumeAttachFails',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'No disk can be attached to the node: Pods that come to it with one stay in ContainerCreating, with ' +
    'the event FailedAttachVolume. What is attached stays.',
  heals: 'Disks can be attached; the next try, after its back-off of up to 5 minutes, succeeds.',
  phrases: [
    say('no volume can be attached to [nodes][forMs]', '[forMs][nodes]にボリュームをアタッチできなくなる'),
  ],
  arbitrary: (world, fc) => (hasClaims(world) ? arbitraryOf(volumeAttachFails, world, fc) : undefined),
  ...onMachines(
    (storage, node) => storage.stopAttach(node),
    (storage, node) => storage.restoreAttach(node),
  ),
});

export const volumeDetachHangs: Fault = defineFault({
  kind: 'VolumeDetachHangs',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'No disk is detached from the node: a Pod that follows its disk to another node waits there, with ' +
    'the event FailedAttachVolume (Multi-Attach error).',
  heals: 'Disks are detached; the next try, after its back-off of up to 5 minutes, succeeds.',
  phrases: [
    say('no volume is detached from [nodes][forMs]', '[forMs][nodes]からボリュームがデタッチされなくなる'),
  ],
  arbitrary: (world, fc) => (hasClaims(world) ? arbitraryOf(volumeDetachHangs, world, fc) : undefined),
  ...onMachines(
    (storage, node) => storage.stopDetach(node),
    (storage, node) => storage.restoreDetach(node),
  ),
});

export const storageZoneLost: Fault = defineFault({
  kind: 'StorageZoneLost',
  family: 'node',
  needs: 'physical',
  target: 'node',
  about:
    'The disks of a zone are out of reach of whoever asks for them: none is made there, attached or ' +
    'mounted. What is mounted already goes on.',
  heals: 'They are there again, with what was on them; the next try succeeds.',
  phrases: [say('the storage of zone [zone] is lost[forMs]', '[forMs]ゾーン[zone]のストレージが失われる')],
  arbitrary: (world, fc) =>
    hasClaims(world) && world.zones.length > 0
      ? fc.record({
          kind: fc.constant('StorageZoneLost'),
          zone: fc.constantFrom(...world.zones),
          forMs: lastingMs(fc),
        })
      : undefined,
  strike(call, ctx) {
    if (call.zone === undefined) throw misses('faultNeedsZone', { fault: call.kind });
    machinesOf({ kind: call.kind, zone: call.zone }, ctx);
    ctx.physical.storage.loseZone(call.zone);
    return { targets: [`zone ${call.zone}`] };
  },
  heal(_call, struck, ctx) {
    for (const target of struck.targets) ctx.physical.storage.restoreZone(target.slice('zone '.length));
  },
});

/** The disk behind a claim. @throws FaultError when there is none */
function diskOf(call: FaultCall, ctx: PhysicalContext): string {
  const { namespace, name } = splitName(call.claim ?? '', ctx.namespace);
  const claim = ctx.api.find('PersistentVolumeClaim', namespace, name);
  if (claim === undefined) throw misses('notThere', { what: 'persistent volume claim', name, namespace });
  const volume = isClaimBound(claim)
    ? ctx.api.find('PersistentVolume', '', claim.spec.volumeName!)
    : undefined;
  const backing = volume === undefined ? undefined : backingOf(volume);
  if (backing === undefined) throw misses('claimUnbound', { claim: name });
  if (backing.kind === 'host') throw misses('claimOnNode', { claim: name });
  return backing.handle;
}

export const volumeFull = defineFault({
  kind: 'VolumeFull',
  family: 'pod',
  needs: 'physical',
  target: 'claim',
  about:
    'The disk behind a claim is full: writes to it end in `No space left on device`; what is on it is ' +
    'read as before.',
  heals: 'There is room again.',
  phrases: [
    say(
      'the volume of persistent volume claim [claim] is full[forMs]',
      '[forMs]永続ボリューム要求[claim]のボリュームが満杯になる',
    ),
  ],
  elsewhere: { chaosMesh: 'IOChaos fault (ENOSPC)', krkn: 'pvc_scenario' },
  strike(call, ctx) {
    const disk = diskOf(call, ctx);
    if (!ctx.physical.storage.fillDisk(disk, call.claim!))
      throw misses('claimUnmounted', { claim: call.claim! });
    return { targets: [call.claim!], undo: { disk } };
  },
  heal(_call, struck, ctx) {
    ctx.physical.storage.emptyDisk(struck.undo!['disk'] as string, struck.targets[0]!);
  },
});

export const claimDelete = defineFault({
  kind: 'ClaimDelete',
  family: 'change',
  needs: 'api',
  target: 'claim',
  about:
    'The operator deletes a claim: it is Terminating while a Pod uses it, and goes with the last one. ' +
    'What becomes of its disk is the reclaim policy.',
  heals: 'A StatefulSet makes a claim anew, with an empty disk; nobody makes others.',
  phrases: [say('persistent volume claim [claim] is deleted', '永続ボリューム要求[claim]を削除する')],
  strike(call, ctx) {
    const { namespace, name } = splitName(call.claim ?? '', ctx.namespace);
    if (ctx.api.find('PersistentVolumeClaim', namespace, name) === undefined)
      throw misses('notThere', { what: 'persistent volume claim', name, namespace });
    ctx.api.delete('PersistentVolumeClaim', namespace, name);
    return { targets: [call.claim!] };
  },
});
