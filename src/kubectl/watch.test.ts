import { describe, expect, it } from 'vitest';
import { Cluster } from '../sim/cluster.ts';
import { runKubectlLine } from './run.ts';

const cluster = Cluster.create({ seed: 1, nodes: 1 });
const kubectl = (line: string) => runKubectlLine(cluster, `kubectl ${line}`, { readFile: () => '' });
kubectl('run web --image=nginx');
cluster.pass(30_000);
kubectl('label pod web tier=front');
kubectl('delete pod web');

const rowsOf = (line: string): string[][] =>
  kubectl(line)
    .stdout.trimEnd()
    .split('\n')
    .map((row) => row.split(/ {2,}/));

describe('kubectl get --watch', () => {
  it('prints one header, and a row for each change since before the first command', () => {
    const [header, ...rows] = rowsOf('get pods --watch');
    expect(header).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']);
    expect(rows.map(([, ready, status]) => `${ready} ${status}`)).toEqual([
      '0/1 Pending',
      '0/1 ContainerCreating',
      '1/1 Running',
      '1/1 Terminating',
      '0/1 Completed',
    ]);
    expect(rows.every(([name]) => name === 'web')).toBe(true);
  });

  it('stands in columns', () => {
    const lines = kubectl('get pods --watch').stdout.trimEnd().split('\n');
    const at = lines[0]!.indexOf('STATUS');
    expect(new Set(lines.map((line) => line.slice(at - 3, at).trim()))).toEqual(new Set(['']));
  });

  it('names what happened with --output-watch-events, in a table or around objects', () => {
    const [header, ...rows] = rowsOf('get pods -w --output-watch-events');
    expect(header![0]).toBe('EVENT');
    const modified = rows.slice(1, -1).map(() => 'MODIFIED');
    expect(rows.map(([event]) => event)).toEqual(['ADDED', ...modified, 'DELETED']);
    const json = kubectl('get pods -w --output-watch-events -o json').stdout;
    const events = JSON.parse(`[${json.replaceAll('}\n{', '},{')}]`) as { type: string; object: object }[];
    expect([events[0]!.type, events.at(-1)!.type]).toEqual(['ADDED', 'DELETED']);
    expect(events.every(({ object }) => (object as { kind: string }).kind === 'Pod')).toBe(true);
  });

  it('tells who comes into a selector and who leaves it', () => {
    const of = (selector: string): string[] =>
      rowsOf(`get pods -w -l '${selector}' --output-watch-events --no-headers`).map(([event]) => event!);
    expect(of('tier=front')[0]).toBe('ADDED');
    expect(of('!tier').at(-1)).toBe('DELETED');
  });

  it('is of one kind', () => {
    expect(kubectl('get pods,services -w').stderr).toBe(
      'error: you may only specify a single resource type\n',
    );
  });
});
