/** Root causes, what they take, and what any cluster shows. */
import { describe, expect, it } from 'vitest';
import type { Strike } from '../chaos/schedule.ts';
import { standardKit } from '../dsl/kit.ts';
import { causesIn } from './campaign.ts';
import { freshBeginnings } from './freshbeginnings.ts';
import { byWhatItTakes, takenBy, type Ranked } from './rank.ts';
import { claimsOf, sceneOfManifests } from './scene.ts';
import { WEB } from './testing.ts';
import type { Cause } from './causes.ts';
import type { FaultCall } from '../chaos/types.ts';

/** Two Services before two Pods, and a Pod alone behind another. */
const ALONE = WEB.replaceAll('web', 'alone').replace('replicas: 2', 'replicas: 1');
const SECOND = WEB.split('---\n')[1]!.replace('name: web', 'name: web-too');
const scene = sceneOfManifests([[WEB, SECOND, ALONE].join('\n---\n')], { nodes: 3, zones: 1 });
const beginnings = freshBeginnings();

/** The causes of all that breaks under faults, by the claims. */
function causes(...faults: (FaultCall & { readonly at?: number })[]): Record<string, Cause> {
  const strikes = faults.map(({ at = 0, ...fault }): Strike => ({ atMs: at, fault }));
  const { findings } = causesIn(
    {
      seed: '1',
      operations: [
        ...scene,
        { op: 'faults', strikes },
        { op: 'pass', durationMs: 60_000 },
        ...claimsOf(scene),
      ],
    },
    beginnings,
  );
  return Object.fromEntries(findings.map(({ claim, cause }) => [/"([\w-]+)"/.exec(claim)![1]!, cause]));
}

describe('the cause of what breaks', () => {
  it('is one for all claims that the same breaks, and another for each workload', () => {
    const found = causes(
      { kind: 'PodDelete', selector: 'app=web', mode: 'all' },
      { kind: 'PodDelete', selector: 'app=alone', mode: 'one' },
    );
    expect(found['web']).toEqual(found['web-too']);
    expect(found['alone']!.key).not.toBe(found['web']!.key);
    expect(found['alone']!.key).toBe('Deployment default/alone: Pod deleted ← Pod deleted');
  });

  it('is the same whichever way a container ends, and another when the Pod or its node goes', () => {
    const at = { selector: 'app=alone', mode: 'one' } as const;
    const crash = causes({ kind: 'ContainerCrash', ...at, exitCode: 1 })['alone']!;
    const kill = causes({ kind: 'ContainerKill', ...at, signal: 'SIGKILL' })['alone']!;
    const deleted = causes({ kind: 'PodDelete', ...at })['alone']!;
    expect(kill.key).toBe(crash.key);
    expect(crash).toMatchObject({ fault: 'ContainerCrash', voluntary: false, total: false });
    expect(deleted.key).not.toBe(crash.key);
  });

  it('knows a voluntary disruption from one that nobody asks about', () => {
    const at = { selector: 'app=alone', mode: 'one' } as const;
    expect(causes({ kind: 'PodEvict', ...at })['alone']).toMatchObject({
      fault: 'PodEvict',
      voluntary: true,
    });
    expect(causes({ kind: 'PodDelete', ...at })['alone']!.voluntary).toBe(false);
  });
});

describe('what any cluster goes down by', () => {
  const web = { selector: 'app=web', mode: 'all' } as const;
  const off = (node: string, at = 0): FaultCall & { at: number } => ({
    kind: 'NodePowerLoss',
    node,
    forMs: 120_000,
    at,
  });
  it.each([
    ['every Pod of a workload, deleted', [{ kind: 'PodDelete', ...web }], 'web', true],
    [
      'no replica asked for',
      [{ kind: 'Scale', workload: { kind: 'Deployment', name: 'web' }, replicas: 0 }],
      'web',
      true,
    ],
    ['every node off at once', [off('node-1'), off('node-2', 1000), off('node-3', 2000)], 'web', true],
    ['the only Pod', [{ kind: 'PodDelete', selector: 'app=alone', mode: 'all' }], 'alone', false],
    ['every Pod evicted, where a budget could refuse', [{ kind: 'PodEvict', ...web }], 'web', false],
  ] as [string, FaultCall[], string, boolean][])('%s', (_, faults, service, total) => {
    expect(causes(...faults)[service]).toMatchObject({ total });
  });
});

describe('what it takes', () => {
  const taken = (...faults: FaultCall[]): string =>
    takenBy(
      {
        seed: '1',
        operations: [
          ...scene,
          { op: 'faults', strikes: faults.map((fault) => ({ atMs: 0, fault })) },
          ...claimsOf(scene),
        ],
      },
      standardKit,
    ).effort;
  const drain: FaultCall = { kind: 'NodeDrain', node: 'node-1' };
  const loss: FaultCall = { kind: 'NodePowerLoss', node: 'node-2' };

  it('is nothing, what operators do, one fault, or a coincidence', () => {
    expect(taken()).toBe('nothing');
    expect(taken(drain, { kind: 'ImageUpdate', workload: { kind: 'Deployment', name: 'web' } })).toBe(
      'voluntary',
    );
    expect(taken(loss)).toBe('fault');
    expect(taken(drain, loss)).toBe('coincidence');
  });

  it('orders findings: the least effort, the fewest faults, the most frequent, the first', () => {
    const one = (effort: Ranked['effort'], count: number, runs: number, run: number): Ranked => ({
      effort,
      faults: Array.from({ length: count }, () => drain),
      runs,
      run,
    });
    const order = [
      one('voluntary', 1, 1, 9),
      one('voluntary', 2, 9, 0),
      one('fault', 1, 8, 5),
      one('fault', 1, 8, 7),
      one('fault', 1, 2, 1),
      one('coincidence', 2, 9, 0),
    ];
    expect([...order].reverse().sort(byWhatItTakes)).toEqual(order);
  });
});
