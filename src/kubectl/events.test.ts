import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const cluster = Cluster.create({ seed: 1, nodes: 1 });
const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
kubectl('run web --image=nginx');
kubectl(`run broken --image=nginx --overrides='{"spec":{"nodeSelector":{"disk":"fast"}}}'`);
cluster.pass(400_000);
const column = (text: string, at: number): string[] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {3,}/)[at]!);

describe('kubectl events', () => {
  it('tells of one object, in the order of time', () => {
    expect(column(kubectl('events --for pod/web').stdout, 2)).toEqual([
      'Scheduled',
      'Pulling',
      'Pulled',
      'Created',
      'Started',
    ]);
    expect(kubectl('events --for pods/nobody').stderr).toBe('No events found in default namespace.\n');
  });

  it('tells of types, how often and since when', () => {
    const { stdout } = kubectl('events --types=warning');
    expect(column(stdout, 1).every((type) => type === 'Warning')).toBe(true);
    expect(stdout).toMatch(/^\S+ \(x\d+ over 6m40s\) +Warning +FailedScheduling +Pod\/broken +0\/1 nodes/m);
  });

  it('shows each time an event was written to those who watch', () => {
    const all = column(kubectl('events -A --no-headers -w').stdout, 3);
    expect(all.length).toBeGreaterThanOrEqual(column(kubectl('events -A --no-headers').stdout, 3).length);
  });

  it('prints as other lists do', () => {
    const { kind, items } = JSON.parse(kubectl('events --for=pod/web -o json').stdout);
    expect([kind, items.length]).toEqual(['EventList', 5]);
    expect(kubectl('events --for=pod/web -o name').stdout).toMatch(/^(event\/web\.\w+\n){5}$/);
  });

  it.each([
    ['events --for web', 'error: --for must be in resource/name form\n'],
    ['events --for a/b/c', 'error: arguments in resource/name form may not have more than one slash\n'],
    ['events --types=Odd', 'error: valid --types are Normal or Warning\n'],
  ])('%s is refused', (line, said) => {
    expect(kubectl(line).stderr).toBe(said);
  });
});
