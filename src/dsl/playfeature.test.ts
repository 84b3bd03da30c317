import { describe, expect, it } from 'vitest';
import { ClaimError, InputError } from './errors.ts';
import { readFeature } from './feature.ts';
import { playScenario, type FeatureOptions } from './playfeature.ts';
import { filesOf, type Scenario } from './scenario.ts';

const play = (steps: string, tags = '', options: Partial<FeatureOptions> = {}): Scenario =>
  playScenario(readFeature(`Feature: f\n  ${tags}\n  Scenario: s\n${steps}`, 'f.feature')[0]!, {
    files: filesOf({}),
    ...options,
  });

describe('a scenario of a feature', () => {
  it('takes its seed from its tag, else from who plays it', () => {
    const steps = 'Given a cluster with 1 node\nWhen 1 minute passes';
    const hash = (played: Scenario): string => played.cluster.hash();
    expect(hash(play(steps, '@seed:7', { seed: 8 }))).toBe(hash(play(steps, '', { seed: 7 })));
    expect(hash(play(steps, '', { seed: 8 }))).not.toBe(hash(play(steps, '', { seed: 7 })));
  });

  it('fails with the claim that does not hold, unless that is what it is for', () => {
    const steps = 'Given a cluster with 1 node\nThen node "node-1" is cordoned';
    expect(() => play(steps)).toThrow(ClaimError);
    expect(() => play(steps, '@expect-failure')).not.toThrow();
    expect(() => play('Given a cluster with 1 node', '@expect-failure')).toThrow(/every claim of it held/);
  });

  it('tells of one that failed as it was to, yet where nothing is claimed', () => {
    const lost = [
      'Given a cluster with 1 node',
      'And image "none/none:1" behaves as:',
      '"""',
      'pull: missing',
      '"""',
      'When I run "kubectl run web --image=none/none:1"',
    ];
    const told = expect.stringMatching(/^every pod is ready: the failure that was expected came from this/);
    const warned = (...steps: readonly string[]): readonly string[] =>
      play([...lost, ...steps].join('\n'), '@expect-failure').warnings;
    expect(warned('And every pod is ready', 'Then pod "web" is ready')).toContainEqual(told);
    expect(warned('Then pod "web" is ready')).not.toContainEqual(
      expect.stringMatching(/the failure that was expected/),
    );
  });

  it('plays every seed it is tagged with', () => {
    // The node that a lone Pod is placed on is left to chance.
    const placed =
      'Given a cluster with 3 nodes\nWhen I run "kubectl run web --image=nginx"\nAnd every pod is ' +
      'ready\nThen pod "web" is on node';
    const nodes = ['node-1', 'node-2', 'node-3'].filter((node) => {
      try {
        return play(`${placed} "${node}"`) !== undefined;
      } catch {
        return false;
      }
    });
    expect(nodes).toHaveLength(1);
    expect(() => play(`${placed} "${nodes[0]}"`, '@every-seed:20')).toThrow(ClaimError);
  });

  it('looks ahead for the failure of a command', () => {
    const steps = 'Given a cluster with 1 node\nWhen I run "kubectl get pod web"';
    expect(() => play(steps)).toThrow(InputError);
    expect(() => play(`${steps}\nThen the command fails with "not found"`)).not.toThrow();
  });

  it('hands a property its name and its number of draws', () => {
    const steps =
      'Given any cluster of 1 to 2 nodes\nWhen any 1 to 2 faults strike within 5 minutes\nThen all ' +
      'invariants hold';
    const asked: unknown[] = [];
    const property: FeatureOptions['property'] = (scenario) => () => {
      asked.push(scenario);
      return { draws: 1, played: 1, warnings: [], images: [] };
    };
    play(steps, '@runs:7', { property });
    play(steps, '', { property, runs: 9 });
    expect(asked).toEqual([
      { name: 's', runs: 7 },
      { name: 's', runs: 9 },
    ]);
  });

  it('refuses tags that hold no number', () => {
    expect(() => play('Given a cluster with 1 node', '@runs:many')).toThrow(/@runs:500/);
    expect(() => play('Given a cluster with 1 node', '@every-seed:0')).toThrow(/@every-seed:20/);
  });
});
