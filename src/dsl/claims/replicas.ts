/** `deployment "web" has 2 of 3 replicas available`: a workload's own status. */
import { say } from '../../messages/index.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import type { ReplicasClaim } from './claim.ts';
import { workloadOf } from './object.ts';
import { getObject } from '../state.ts';
import { stuckPods } from './stuck.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily } from './types.ts';

export const replicas: ClaimFamily<ReplicasClaim> = {
  claim: 'replicas',
  phrases: [
    {
      en: '{moment}{workload} has/had {int:count} of {int:of} replicas {replicaState:state}',
      ja: '{moment}{workload}の{of}個中{count}個のレプリカ{state}',
      about: "`available`, `ready` or `updated`, by the workload's status",
    },
  ],
  asks: () => 'api',
  concerns: (claim) => ({ kinds: [claim.workload.kind], world: false }),
  subjects: ({ workload }, namespace) => [subjectNamed(workload.kind, workload.name, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.workload.name, view.namespace);
    const { resource, workload: traits } = workloadOf(view, claim.workload.kind);
    const object = getObject(view.state, resource, namespace, name);
    if (object === undefined)
      return {
        holds: false,
        found: (language) => say('foundNoSuchIn', { kind: claim.workload.kind, name, namespace }, language),
        objects: [],
      };
    const wanted = traits.wanted(object);
    const found = traits[claim.state](object);
    // kubectl rollout status waits likewise.
    const behind = claim.state === 'updated' && !traits.seen(object);
    return {
      holds: wanted === claim.of && found === claim.count && !behind,
      found: (language) =>
        behind
          ? say('foundUnseen', {}, language)
          : say('foundReplicas', { found, wanted, state: claim.state }, language),
      objects: [object],
      ...(found < claim.count ? { stuck: () => stuckPods(object, traits, view) } : {}),
    };
  },
};
