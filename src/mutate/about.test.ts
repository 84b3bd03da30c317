import { expect, it } from 'vitest';
import { editsThat } from '../edits/catalogue/index.ts';
import { speaksOf, WORDS_OF } from './about.ts';

it('knows words for each weakening, and for nothing else', () => {
  expect(Object.keys(WORDS_OF).sort()).toEqual(
    editsThat('weaken')
      .map((e) => e.name)
      .sort(),
  );
});

it.each([
  ['BudgetDropped', 'A budget holds a drain up'],
  ['BudgetDropped', 'PodDisruptionBudgetが退避を止める'],
  ['ReadinessProbeDropped', 'Readiness gates traffic'],
  ['LivenessProbeHasty', 'How probes are asked'],
  ['LivenessProbeHasty', 'プローブの間隔'],
  ['SurgeDropped', 'A rolling update replaces pods'],
  ['ReplicasReduced', 'A Deployment is scaled'],
  ['TolerationDropped', 'Taints keep pods away'],
  ['ServiceSelectorMistyped', 'Traffic goes to ready pods only'],
  ['RoleVerbDropped', 'Who may read secrets'],
])('%s is what "%s" is about', (edit, text) => {
  expect(speaksOf(text, edit)).toBe(true);
});

it.each([
  ['LivenessProbeHasty', 'A readiness probe takes a pod out of its Service'],
  ['SurgeDropped', 'Nodes are rebooted in a rolling manner'],
  ['BudgetDropped', 'A node is drained'],
  ['RoleVerbDropped', 'A rollout is undone'],
  ['RoleVerbDropped', 'ロールアウトを取り消す'],
  ['RequestsDropped', 'A client sends requests'],
])('%s is not what "%s" is about', (edit, text) => {
  expect(speaksOf(text, edit)).toBe(false);
});
