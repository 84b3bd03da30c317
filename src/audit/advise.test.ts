import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../edits/manifests.ts';
import { Adviser, type Advice } from './advise.ts';
import type { Effect } from './measure.ts';
import type { Changed, Stage } from './stage.ts';
import type { Served } from './subject.ts';
import type { Trial } from './trials/index.ts';

const manifests = manifestsOf(
  [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}`,
  ],
  ['web'],
);
const service: Served = { as: 'Service', name: 'default/web', url: 'http://web', workloads: [0] };

const effect = (failed: number, more: Partial<Effect> = {}): Effect => ({
  state: failed === 0 ? 'survives' : failed < 10 ? 'degrades' : 'down',
  failed,
  sent: 3000,
  outageMs: failed * 200,
  disturbedMs: failed * 200,
  recovers: true,
  replicas: 1,
  missing: 0,
  ...more,
});
const drained: Trial = {
  kind: 'nodes are rebooted in turn',
  likelihood: 'planned',
  name: 'nodes are rebooted in turn',
  operations: [],
};
const rollout: Trial = { ...drained, kind: 'it is rolled out anew', name: 'it is rolled out anew' };

/** What trials come to, by their kind, the number of replicas and the seed; undefined: the first. */
type Rule = (kind: string, replicas: unknown, seed: string | undefined) => number;

/** Advice on a finding, where nothing counts but the number of replicas. */
function adviceBy(rule: Rule, ...others: readonly Trial[]): Advice {
  const stage = {
    manifests,
    play(trial: Trial, _: unknown, changed?: Changed) {
      const seed = /\(seed (\w)\)/.exec(trial.name)?.[1];
      const object = (changed ?? manifests).objects[0] as { spec?: { replicas?: unknown } };
      return {
        effects: { [service.url]: effect(rule(trial.kind, object.spec?.replicas, seed)) },
        watchedMs: 0,
      };
    },
  };
  const results = [drained, ...others].map(
    (trial) =>
      [trial, { effects: { [service.url]: effect(rule(trial.kind, 1, undefined)) }, watchedMs: 0 }] as const,
  );
  const adviser = new Adviser(stage as unknown as Stage, service, [service], results, () => true);
  return adviser.advise(drained, effect(rule(drained.kind, 1, undefined)));
}

const editsOf = (changes: Advice['advice']): string[] | undefined => changes?.map((c) => c.edit);

describe('advice', () => {
  it('is told where it helps with other seeds too', () => {
    expect(editsOf(adviceBy((_, replicas) => (replicas === 1 ? 200 : 0)).advice)).toEqual(['ReplicasRaised']);
  });

  it('is not told where it helps with the first seed alone', () => {
    const { advice, helps } = adviceBy((_, replicas, seed) =>
      replicas === 1 || seed !== undefined ? 200 : 0,
    );
    expect([advice, helps]).toEqual([undefined, undefined]);
  });

  it('is not told where another seed goes as well without it', () => {
    const { advice, helps } = adviceBy((_, replicas, seed) =>
      replicas === 1 && seed === undefined ? 30 : 0,
    );
    expect([advice, helps]).toEqual([undefined, undefined]);
  });

  it('lessens only, where a request is lost with another seed', () => {
    const { advice, helps } = adviceBy((_, replicas, seed) => (replicas === 1 ? 40 : seed === 'c' ? 1 : 0));
    expect([editsOf(advice), editsOf(helps?.changes)]).toEqual([undefined, ['ReplicasRaised']]);
    expect(helps?.effect).toMatchObject({ state: 'degrades', failed: 1 });
  });

  it('is told although another trial loses a request with it, where it does so by chance', () => {
    const byChance: Rule = (kind, replicas, seed) =>
      kind === drained.kind ? (replicas === 1 ? 200 : 0) : replicas !== 1 && seed === undefined ? 1 : 0;
    expect(editsOf(adviceBy(byChance, rollout).advice)).toEqual(['ReplicasRaised']);
  });

  it('is not told where another trial goes worse with each seed', () => {
    const harmful: Rule = (kind, replicas) =>
      kind === drained.kind ? (replicas === 1 ? 200 : 0) : replicas === 1 ? 0 : 1;
    expect(adviceBy(harmful, rollout).advice).toBeUndefined();
  });
});
