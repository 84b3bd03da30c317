/** `the rollout of deployment "web" is complete`: how far a change of a template has come, by the status. */
import { say } from '../../messages/index.ts';
import type { KubeObject } from '../../sim/api/types.ts';
import type { RolloutTraits, WorkloadTraits } from '../../sim/api/resources/definition.ts';
import { wrong } from '../errors.ts';
import type { RolloutState } from '../phrases/values.ts';
import type { RolloutClaim } from './claim.ts';
import { objectNamed, workloadOf } from './object.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, View } from './types.ts';

/** @throws InputError for a workload that rolls nothing out, or never says that it is stuck */
function traitsOf(
  view: View,
  { workload: { kind }, is }: RolloutClaim,
): WorkloadTraits & { rollout: RolloutTraits } {
  const { workload } = workloadOf(view, kind);
  const { rollout } = workload;
  if (rollout === undefined) {
    const kinds = [...view.driver.resources.workloads()].filter((d) => d.workload?.rollout !== undefined);
    throw wrong('noRollout', { kind, kinds: kinds.map((d) => d.kind) });
  }
  if (is === 'stuck' && rollout.stuck === undefined) throw wrong('neverStuck', { kind });
  return { ...workload, rollout };
}

/** What a controller has not seen yet is only beginning. */
const stateOf = (object: KubeObject, { seen, rollout }: ReturnType<typeof traitsOf>): RolloutState =>
  !seen(object)
    ? 'progressing'
    : rollout.complete(object)
      ? 'complete'
      : rollout.stuck?.(object) === true
        ? 'stuck'
        : 'progressing';

export const rollout: ClaimFamily<RolloutClaim> = {
  claim: 'rollout',
  phrases: [
    {
      en: '{moment}the rollout of {workload} is/was {rolloutState:is}',
      ja: '{moment}{workload}のロールアウトが{is}',
      about:
        '`complete`: all Pods are of the newest template and available, none of an older one is left; ' +
        '`stuck`: the progress deadline is exceeded; `progressing`: neither',
    },
  ],
  asks: () => 'api',
  concerns: ({ workload }) => ({ kinds: [workload.kind], world: false }),
  subjects: ({ workload }, namespace) => [subjectNamed(workload.kind, workload.name, namespace)],
  evaluate(claim, view) {
    const { kind, name } = claim.workload;
    const traits = traitsOf(view, claim);
    const object = objectNamed(view, kind, name);
    if (object === undefined)
      return { holds: false, found: (language) => say('foundNoSuch', { kind, name }, language), objects: [] };
    const state = stateOf(object, traits);
    return {
      holds: state === claim.is,
      found: (language) =>
        traits.seen(object)
          ? say(
              'foundRollout',
              {
                state,
                wanted: traits.wanted(object),
                updated: traits.updated(object),
                available: traits.available(object),
              },
              language,
            )
          : say('foundUnseen', {}, language),
      objects: [object],
    };
  },
};
