/** Scenarios of our own, in the form of the recorded ones: a replay plays whatever such a file may say. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareTraces } from './compare/index.ts';
import { replayScenario } from './replay.ts';
import { readScenario } from './scenario.ts';
import type { Scenario, Trace } from './types.ts';

const FOLDER = new URL('scenarios/', import.meta.url);
const NAMES = readdirSync(FOLDER).map((f) => f.slice(0, -5));
const scenarioNamed = (name: string): Scenario =>
  readScenario(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'), `${name}.yaml`);

/** Commands that are to fail, by what their output says. */
const FAILURES: Readonly<Record<string, readonly RegExp[]>> = {
  'drain-refusals': [/DaemonSet-managed Pods/, /declare no controller/, /global timeout reached: 20s/],
  'taints-preferred': [/taint "dedicated" not found/, /already has gone taint/],
  'refused-changes': [
    /field is immutable/,
    /must be less than or equal to cpu limit of 1/,
    /provided port is already allocated/,
    /Expected replicas to be 3, was 2/,
    /field is immutable/,
    /updates to statefulset spec/,
    /may not change once set/,
    /already exists/,
    /unable to find container named "nobody"/,
    /no rollout history found/,
    /not found/,
    /is already paused/,
  ],
};

const text = (value: unknown): string => JSON.stringify(value);

const played = new Map<string, Trace>();
const traceOf = (name: string): Trace => {
  if (!played.has(name)) played.set(name, replayScenario(scenarioNamed(name)));
  return played.get(name)!;
};

describe('scenarios of our own', () => {
  it('are of every kind of action', () => {
    const kinds = NAMES.flatMap((name) =>
      scenarioNamed(name).actions.map((a) =>
        a.type === 'node' ? a.does : a.type === 'kubectl' && a.background ? 'background' : a.type,
      ),
    );
    expect([...new Set(kinds)].sort()).toEqual(['apply', 'background', 'kubectl', 'start', 'stop']);
    expect(NAMES).toHaveLength(10);
  });

  it.each(NAMES)('%s is played, each command to its end', (name) => {
    const results = traceOf(name).trace.filter((r) => r['code'] !== undefined);
    expect(results).toHaveLength(scenarioNamed(name).actions.filter((a) => a.type !== 'node').length);
    const failed = results.filter((r) => r['code'] !== 0).map((r) => String(r['out']));
    const expected = FAILURES[name] ?? [];
    expect(failed).toHaveLength(expected.length);
    failed.forEach((out, i) => expect(out).toMatch(expected[i]!));
  });

  it.each(NAMES)('%s agrees with itself by every rule', (name) => {
    const trace = traceOf(name);
    expect(compareTraces([trace, trace], trace).flatMap((j) => j.differences)).toEqual([]);
  });

  it('a node that joins is seen to register, become ready and take the pods that wait', () => {
    const { trace } = traceOf('node-joins');
    const node = trace.filter((r) => r.kind === 'Node' && r.name === 'node-3');
    expect(node[0]).toMatchObject({ type: 'ADDED', taints: ['node.kubernetes.io/not-ready:NoSchedule'] });
    expect(node.find((r) => r['ready'] === 'True' && text(r['taints']) === '[]')!.t).toBeLessThan(30);
    expect(trace.filter((r) => r['reason'] === 'RegisteredNode')).toHaveLength(1);
    const waiting = new Map<string, unknown>();
    for (const r of trace) if (r.kind === 'Pod' && r.t < 60) waiting.set(r.name!, r['node']);
    expect([...waiting.values()].filter((n) => n === undefined)).toEqual([]);
  });
});
