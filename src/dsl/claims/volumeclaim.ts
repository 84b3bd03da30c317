/** `claim "data" is bound to volume "pv-1"`: how far a PersistentVolumeClaim has come. */
import { say, type Language } from '../../messages/index.ts';
import { compareQuantities, isQuantity } from '../../sim/api/quantity.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { PersistentVolumeClaim } from '../../sim/api/types.ts';
import { wrong } from '../errors.ts';
import { getObject, objectsOf } from '../state.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, View } from './types.ts';
import type { VolumeClaimClaim } from './claim.ts';

const capacityIn = ({ status }: PersistentVolumeClaim): string =>
  String((status.capacity as Record<string, string> | undefined)?.['storage'] ?? '');

/** Why it is as it is, by the last event about it; '': nobody has told. */
function reasonOf({ metadata }: PersistentVolumeClaim, view: View): string {
  let last = { at: '', reason: '' };
  for (const { involvedObject, reason, lastTimestamp } of objectsOf(view.state, 'Event')) {
    const at = String(lastTimestamp ?? '');
    if (involvedObject.uid === metadata.uid && at >= last.at) last = { at, reason: reason ?? '' };
  }
  return last.reason;
}

function isOfSize(found: string, wanted: string): boolean {
  if (!isQuantity(wanted)) throw wrong('noCapacity', { wanted });
  return found !== '' && compareQuantities(found, wanted) === 0;
}

function holdsFor(claim: VolumeClaimClaim, found: PersistentVolumeClaim, view: View): boolean {
  if (claim.capacity !== undefined) return isOfSize(capacityIn(found), claim.capacity);
  if (claim.to !== undefined && found.spec.volumeName !== claim.to) return false;
  if (claim.reason !== undefined && reasonOf(found, view) !== claim.reason) return false;
  return found.status.phase === claim.is;
}

export const volumeClaim: ClaimFamily<VolumeClaimClaim> = {
  claim: 'volumeClaim',
  phrases: [
    {
      en: '{moment}claim {string:volumeClaim} is/was bound',
      ja: '{moment}ボリューム要求{volumeClaim}がバインドされている',
      fixed: { is: 'Bound' },
    },
    {
      en: '{moment}claim {string:volumeClaim} is/was bound to volume {string:to}',
      ja: '{moment}ボリューム要求{volumeClaim}がボリューム{to}にバインドされている',
      fixed: { is: 'Bound' },
    },
    {
      en: '{moment}claim {string:volumeClaim} is/was pending',
      ja: '{moment}ボリューム要求{volumeClaim}が待機中である',
      fixed: { is: 'Pending' },
    },
    {
      en: '{moment}claim {string:volumeClaim} is/was pending with reason {string:reason}',
      ja: '{moment}ボリューム要求{volumeClaim}が{reason}により待機中である',
      about: 'of the last event about it, such as `WaitForFirstConsumer` or `ProvisioningFailed`',
      fixed: { is: 'Pending' },
    },
    {
      en: '{moment}claim {string:volumeClaim} is/was lost',
      ja: '{moment}ボリューム要求{volumeClaim}がボリュームを失っている',
      about: 'the volume that it was bound to is not there any more',
      fixed: { is: 'Lost' },
    },
    {
      en: '{moment}claim {string:volumeClaim} has/had a capacity of {string:capacity}',
      ja: '{moment}ボリューム要求{volumeClaim}の容量が{capacity}である',
      about: 'by its status: what its Pods can use, whatever it asks for',
    },
  ],
  asks: () => 'api',
  concerns: ({ reason }) => ({
    kinds: reason === undefined ? ['PersistentVolumeClaim'] : ['PersistentVolumeClaim', 'Event'],
    world: false,
  }),
  subjects: (claim, namespace) => [subjectNamed('PersistentVolumeClaim', claim.volumeClaim, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.volumeClaim, view.namespace);
    const found = getObject(view.state, 'PersistentVolumeClaim', namespace, name);
    if (found === undefined)
      return {
        holds: false,
        found: (language: Language) =>
          say('foundNoSuchIn', { kind: 'PersistentVolumeClaim', name, namespace }, language),
        objects: [],
      };
    const told = {
      phase: String(found.status.phase ?? 'Pending'),
      volume: found.spec.volumeName ?? '',
      capacity: capacityIn(found),
      // What kept a claim waiting says nothing of one that has its volume.
      reason: found.status.phase === 'Pending' ? reasonOf(found, view) : '',
    };
    return {
      holds: holdsFor(claim, found, view),
      found: (language: Language) => say('foundVolumeClaim', told, language),
      objects: [found],
    };
  },
};
