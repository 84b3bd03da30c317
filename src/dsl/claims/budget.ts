/** `pod disruption budget "web" allows 1 disruption`, `… is honoured`. */
import { say, type Language } from '../../messages/index.ts';
import { matches, selectorOf } from '../../sim/api/selector.ts';
import type { Pod, PodDisruptionBudget } from '../../sim/api/types.ts';
import { splitName } from '../../sim/api/qualifiedname.ts';
import { getObject, objectsOf } from '../state.ts';
import { isReady, isTerminating } from './podstate.ts';
import { subjectNamed } from './subject.ts';
import type { ClaimFamily, Verdict, View } from './types.ts';
import type { BudgetClaim } from './claim.ts';

/** Whether a Pod is marked for deletion because somebody asked for its eviction. */
const isEvicted = (pod: Pod): boolean =>
  pod.status.conditions?.some(
    (c) => c.type === 'DisruptionTarget' && c.status === 'True' && c.reason === 'EvictionByEvictionAPI',
  ) === true;

/**
 * Whether a deletion by this actor is a voluntary disruption: the operator's, by hand or through kubectl.
 * Controllers' are part of their work.
 */
const isVoluntary = (by: string): boolean => by === 'user' || by.startsWith('kubectl') || by === 'chaos';

/**
 * Healthy as the disruption controller counts: Ready and not being deleted. Source:
 * pkg/controller/disruption/disruption.go, countHealthyPods.
 */
const isHealthy = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod);

/**
 * The budget is broken at a moment when a voluntary disruption has just struck and fewer Pods are healthy
 * than it wants: the newest change of the span marks a healthy Pod of the budget for deletion.
 */
function honoured(budget: PodDisruptionBudget, view: View): Verdict {
  const selector = selectorOf(budget.spec.selector);
  const covered: Pod[] = [];
  for (const pod of objectsOf(view.state, 'Pod')) {
    if (pod.metadata.namespace === budget.metadata.namespace && matches(selector, pod.metadata.labels ?? {}))
      covered.push(pod);
  }
  const healthy = covered.filter(isHealthy).length;
  const desired = budget.status.desiredHealthy ?? 0;
  const holdsNow = {
    holds: true,
    found: (language: Language) => say('foundHealthy', { healthy, wanted: desired }, language),
    objects: [budget, ...covered],
  };
  const last = view.span.history[view.span.to - (view.span.history[0]?.id ?? 1)];
  if (
    last?.type !== 'api' ||
    last.kind !== 'Pod' ||
    last.before === undefined ||
    last.namespace !== budget.metadata.namespace
  )
    return holdsNow;
  const before = last.before as Pod;
  const after = last.after as Pod | undefined;
  const goes = !isTerminating(before) && (after === undefined || isTerminating(after));
  // A Pod that was not healthy anyway takes nothing from the budget.
  const taken =
    goes &&
    isHealthy(before) &&
    (isVoluntary(last.by) || (after !== undefined && isEvicted(after))) &&
    matches(selector, before.metadata.labels ?? {});
  if (!taken || healthy >= desired) return holdsNow;
  return {
    holds: false,
    found: (language) =>
      say(
        'foundDisrupted',
        {
          evicted: after !== undefined && isEvicted(after),
          pod: before.metadata.name,
          healthy,
          wanted: desired,
        },
        language,
      ),
    objects: [budget, ...covered],
    entry: last.id,
  };
}

export const budget: ClaimFamily<BudgetClaim> = {
  claim: 'budget',
  phrases: [
    {
      en: '{moment}pod disruption budget {string:budget} allows/allowed {int:allows} disruption(s)',
      ja: '{moment}PodDisruptionBudget{budget}が中断を{allows}個まで許可する',
    },
    {
      en: '{moment}pod disruption budget {string:budget} is/was honoured',
      ja: '{moment}PodDisruptionBudget{budget}が守られている',
      about: 'no voluntary disruption took the healthy pods below it',
    },
  ],
  asks: () => 'api',
  overall: (claim) => claim.allows === undefined,
  concerns: (claim) => ({
    kinds: claim.allows === undefined ? ['PodDisruptionBudget', 'Pod'] : ['PodDisruptionBudget'],
    world: false,
  }),
  subjects: (claim, namespace) => [subjectNamed('PodDisruptionBudget', claim.budget, namespace)],
  evaluate(claim, view) {
    const { namespace, name } = splitName(claim.budget, view.namespace);
    const found = getObject(view.state, 'PodDisruptionBudget', namespace, name);
    if (found === undefined)
      return {
        holds: false,
        found: (language) =>
          say('foundNoSuchIn', { kind: 'pod disruption budget', name, namespace }, language),
        objects: [],
      };
    if (claim.allows === undefined) return honoured(found, view);
    const allowed = found.status.disruptionsAllowed ?? 0;
    return {
      holds: allowed === claim.allows,
      found: (language) => say('foundAllowed', { allowed }, language),
      objects: [found],
    };
  },
};
