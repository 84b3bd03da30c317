/**
 * Where the recorded scheduler (v1.20.2) put pods: nodes without a zone were not spread over by default, so
 * that the least allocated one won, pods of all sets counted until they were gone.
 */
import { describe, expect, it } from 'vitest';
import { recordedScenarios, recording } from './recordings.ts';
import { replayScenario } from './replay.ts';
import { readScenario } from './scenario.ts';
import type { Trace } from './types.ts';

/** A pod on a node: since when, until when, in seconds. */
interface Stay {
  readonly name: string;
  readonly node: string;
  readonly from: number;
  to: number;
}

function staysIn(trace: Trace): Stay[] {
  const stays = new Map<string, Stay>();
  for (const { kind, type, t, name, node } of trace.trace) {
    if (kind !== 'Pod' || name === undefined) continue;
    const known = stays.get(name);
    if (type === 'DELETED' && known !== undefined) known.to = t;
    else if (known === undefined && typeof node === 'string')
      stays.set(name, { name, node, from: t, to: Infinity });
  }
  return [...stays.values()];
}

/** Bindings are written side by side: which of two so close was decided first is not to be seen. */
const TOGETHER_S = 0.1;

/** Pods that went to a node although another had fewer pods for certain. */
function misplaced(trace: Trace): Stay[] {
  const stays = staysIn(trace);
  const names = Array.from({ length: trace.nodes }, (_, i) => `node-${i + 1}`);
  return stays.filter((stay) => {
    const count = (node: string, until: number): number =>
      stays.filter((s) => s !== stay && s.node === node && s.from <= until && s.to > stay.from).length;
    const fewest = Math.min(...names.map((node) => count(node, stay.from + TOGETHER_S)));
    return count(stay.node, stay.from - TOGETHER_S) > fewest;
  });
}

/** Scenarios of equal pods without requests, on nodes that all stay in use. */
const PLAIN = recordedScenarios().filter((name) => {
  const { scenario } = recording(name);
  return scenario.actions.every(
    (a) =>
      a.type !== 'node' &&
      !(a.type === 'apply' && /requests|affinity|tolerations|DaemonSet|nodeSelector/i.test(a.manifest)) &&
      !(a.type === 'kubectl' && /drain|cordon|taint/.test(a.line)),
  );
});

const deployment = (replicas: number, surge: string, unavailable: string, more = ''): string => `
name: x
nodes: 3
until: 90s
actions:
  - at: 0s
    apply: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: ${replicas}
        strategy: {rollingUpdate: {maxSurge: ${surge}, maxUnavailable: ${unavailable}}}
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: 'nginx:1.15'}]
  - {at: 10s, kubectl: set image deployment/web web=nginx:1.16}
${more}`;

/** How many pods each node has in the end, most first: `3,3,1`. */
function ends(yaml: string, seed: number): string {
  const counts = new Map<string, number>();
  for (const { node, to } of staysIn(replayScenario(readScenario(yaml, 'x.yaml'), { seed })))
    if (to === Infinity) counts.set(node, (counts.get(node) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a).join(',');
}

const endsOfTenSeeds = (yaml: string): string[] =>
  [...new Set(Array.from({ length: 10 }, (_, i) => ends(yaml, i + 1)))].sort();

describe('the recorded scheduler', () => {
  it.each(PLAIN)('put each pod of %s on a node with the fewest pods, and so does a replay', (name) => {
    const { scenario, traces } = recording(name);
    for (const trace of [...traces, replayScenario(scenario)]) expect(misplaced(trace)).toEqual([]);
  });

  it('is seen in enough placements to tell rules apart', () => {
    const placed = PLAIN.flatMap((name) => recording(name).traces.flatMap(staysIn));
    expect(placed.length).toBeGreaterThan(100);
  });

  it('leaves new replicas where the old ones were few: 7 may end as 3,3,1, which spreading would not', () => {
    expect(endsOfTenSeeds(deployment(7, '2', '3'))).toEqual(['3,2,2', '3,3,1']);
  });

  it('and 8 replicas as 4,2,2, when the image changes again while the first replaced pods go', () => {
    const again = '  - {at: 13s, kubectl: set image deployment/web web=nginx:1.17}\n';
    expect(endsOfTenSeeds(deployment(8, '2', '0', again))).toContain('4,2,2');
  });
});
