import { describe, expect, it } from 'vitest';
import { RULES } from './compare/index.ts';
import { recordedScenarios, recording } from './recordings.ts';
import { replayScenario, replayUntilAgreed, SEEDS } from './replay.ts';

describe('replaying what real control planes were seen to do', () => {
  it.each(recordedScenarios())('%s agrees by every rule', (name) => {
    const { scenario, traces } = recording(name);
    expect(traces).toHaveLength(2);
    const { judgements } = replayUntilAgreed(scenario, traces, SEEDS);
    expect(judgements).toHaveLength(RULES.length);
    expect(judgements.flatMap((j) => j.differences.map((d) => ({ rule: j.rule.number, ...d })))).toEqual([]);
  });

  it('gives the same trace for the same seed, and another for another', () => {
    const { scenario } = recording('rollout-25-25-of-10');
    const trace = replayScenario(scenario, { seed: 7 });
    expect(replayScenario(scenario, { seed: 7 })).toEqual(trace);
    expect(replayScenario(scenario, { seed: 8 })).not.toEqual(trace);
  });
});
